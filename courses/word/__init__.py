"""A kit from a Word document (.docx).

package.py lets only sound files in, survey.py counts what is in one, reading.py makes an outline of it (outline.py), drafts.py makes
pages of the outline. waiting.py keeps the file between the preview and the yes.
"""
