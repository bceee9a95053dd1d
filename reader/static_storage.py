"""Static files under hashed names, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with `import` statements inside our JavaScript modules rewritten too.

    Only in ours: some that come with django-htmx import bare names, which are no files.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)
