"""Kinds of media, by the endings of file names, and what channels take of them."""

from __future__ import annotations

EXTENSIONS: dict[str, frozenset[str]] = {
    "image": frozenset(("jpg", "jpeg", "png", "gif", "webp", "bmp", "heic", "tif", "tiff", "svg")),
    "audio": frozenset(("mp3", "m4a", "aac", "amr", "ogg", "opus", "wav", "flac")),
    "video": frozenset(("mp4", "m4v", "mov", "avi", "mkv", "webm", "3gp", "mpeg", "mpg")),
}
"""Endings by kind. The kind ``file`` takes them all."""

KIND_OF: dict[str, str] = {
    **{extension: kind for kind, extensions in EXTENSIONS.items() for extension in extensions},
    **dict.fromkeys(("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "csv", "zip", "html"), "file"),
}
"""The kind of an ending; of one that is not listed nothing is known."""

TAKEN: dict[str, dict[str, str]] = {
    "wechat": {
        "jpg": "a JPG up to 128 KB",
        "jpeg": "a JPG up to 128 KB",
        "amr": "an AMR up to 256 KB and 60 s",
        "mp4": "an MP4 up to 1 MB",
    }
}
"""What a channel takes at upload (WeChat reference page; receipts 7608 to 7611, 7638, 7643)."""
