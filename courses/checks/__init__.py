"""What can be said about the texts of a page without loading another: measures, findings and links, in any language."""
