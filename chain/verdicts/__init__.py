"""What the plans say of one claim: an assertion in, a finding with its quotations out."""
