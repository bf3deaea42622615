from forums.models.languages import PostTranslation, ReadingLanguages
from forums.models.moderation import Act, Block, ModerationEntry, Report, ReportReason
from forums.models.pictures import ALT_LENGTH, MOST_PICTURES, PostPicture
from forums.models.reading import ForumRead, PostMark, ThreadRead
from forums.models.spaces import RESERVED_SLUGS, TAG_LENGTH, Forum, ForumTag, SpaceAlias
from forums.models.threads import MOST_TAGS, POST_LENGTH, TITLE_LENGTH, Post, PostVersion, Quote, Thread
from forums.models.unmasking import Unmasking, UnmaskingLook

__all__ = [
    "ALT_LENGTH",
    "MOST_PICTURES",
    "MOST_TAGS",
    "POST_LENGTH",
    "RESERVED_SLUGS",
    "TAG_LENGTH",
    "TITLE_LENGTH",
    "Act",
    "Block",
    "Forum",
    "ForumRead",
    "ForumTag",
    "ModerationEntry",
    "Post",
    "PostMark",
    "PostPicture",
    "PostTranslation",
    "PostVersion",
    "Quote",
    "ReadingLanguages",
    "Report",
    "ReportReason",
    "SpaceAlias",
    "Thread",
    "ThreadRead",
    "Unmasking",
    "UnmaskingLook",
]
