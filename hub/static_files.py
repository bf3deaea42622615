"""Static files compressed at a level that does not make the first `make run` wait: brotli's highest takes ten times as long for 3 %."""

import brotli
from django.conf import settings
from django.utils.functional import cached_property
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickCompressor(Compressor):
    @staticmethod
    def compress_brotli(data):
        return brotli.compress(data, quality=9)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    @cached_property
    def addresses(self):
        return {}

    def url(self, name, force=False):
        """Each address is put together once: a page has eight."""
        key = name, force, settings.DEBUG
        if key not in self.addresses:
            self.addresses[key] = super().url(name, force)
        return self.addresses[key]

    def create_compressor(self, **options):
        return QuickCompressor(**options)
