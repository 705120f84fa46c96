"""A post: one position at one place. People may hold several and choose in which one they act."""

from dataclasses import dataclass

from accounts.duties import POSITIONS, Position


@dataclass(frozen=True)
class Post:
    position: Position
    place: object

    @property
    def key(self):
        return f"{self.position.code}:{self.place._meta.model_name}:{self.place.pk}"

    @property
    def label(self):
        return f"{self.place} {self.position.label}"


def posts_of(user):
    """The user's posts, enterprises first, each once however many duties it bundles."""
    if not user.is_active:
        return []
    posts = [Post(POSITIONS[grant.position], grant.content_object) for grant in user.grants]
    return list({post.key: post for post in posts}.values())
