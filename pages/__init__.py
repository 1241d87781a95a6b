"""The pages of the browser door, one file a page; their components are in `pages.parts`."""
