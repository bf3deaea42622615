"""Static files compressed at a level that does not make the first `make run` wait: brotli's highest takes ten times as long for 3 %."""

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickCompressor(Compressor):
    @staticmethod
    def compress_brotli(data):
        return brotli.compress(data, quality=9)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options):
        return QuickCompressor(**options)
