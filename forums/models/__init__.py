from forums.models.moderation import Act, Block, ModerationEntry, Report, ReportReason
from forums.models.reading import ForumRead, PostMark, ThreadRead
from forums.models.spaces import RESERVED_SLUGS, Forum, SpaceAlias
from forums.models.threads import POST_LENGTH, TITLE_LENGTH, Post, PostVersion, Quote, Thread
from forums.models.unmasking import Unmasking, UnmaskingLook

__all__ = [
    "POST_LENGTH",
    "RESERVED_SLUGS",
    "TITLE_LENGTH",
    "Act",
    "Block",
    "Forum",
    "ForumRead",
    "ModerationEntry",
    "Post",
    "PostMark",
    "PostVersion",
    "Quote",
    "Report",
    "ReportReason",
    "SpaceAlias",
    "Thread",
    "ThreadRead",
    "Unmasking",
    "UnmaskingLook",
]
