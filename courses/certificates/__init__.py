"""Certificates of completion: asked for, replaced, withdrawn, deleted. What they look like: hub/certificates/."""
