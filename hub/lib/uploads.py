"""What a form of members may carry in files: more is read past and thrown away, so that no disk and no memory fills."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from hub.lib.pictures import MOST_BYTES

MOST_FILES = 3


class SmallFilesHandler(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS. A file that is too large, or one too many, is missing in request.FILES and named in
    `request.files_too_large`; the fields of the form arrive. Editors upload films under /editor/."""

    def handle_raw_input(self, *args, **kwargs):
        self.free = self.request is None or self.request.path_info.startswith("/editor/")
        self.count = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.count += 1
        # Skipped only with its first bytes: here, Django would close the file before it as well.
        self.taken = 0 if self.count <= MOST_FILES else MOST_BYTES

    def receive_data_chunk(self, raw_data, start):
        self.taken += len(raw_data)
        if not self.free and self.taken > MOST_BYTES:
            self.request.files_too_large = {*getattr(self.request, "files_too_large", ()), self.field_name}
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None
