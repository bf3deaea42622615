"""Numbers for partners and funders: enough, and of nobody."""
