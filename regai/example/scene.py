"""The region while it is played: what is to happen, and which rows stand for whom."""

from dataclasses import dataclass, field

from accounts.models import User
from cohorts.models import Cohort, CourseRound, Interest, Programme
from companies.models import Company
from regai.example.diary import Diary
from regai.example.people import FACILITATORS
from regai.example.region import Region
from regai.example.signups import Person
from regai.example.story import Story

# Nobody's link has been replaced by a newer one.
GENERATION = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """The region, its diary, and the rows found so far; a row is looked up once.

    ``companies`` are by the keys of the region's firms, ``users`` by address, ``cohorts`` by the
    codes of the stories.
    """

    region: Region
    programme: Programme
    diary: Diary
    companies: dict[str, Company]
    users: dict[str, User] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    interests: dict[tuple[str, str], int] = field(default_factory=dict)

    def user(self, email: str) -> User:
        """Return the user who logs in with ``email``."""
        if email not in self.users:
            self.users[email] = User.objects.get(email=email)
        return self.users[email]

    def leader(self, story: Story) -> User:
        """Return the facilitator of a story."""
        return self.user(FACILITATORS[story.facilitator].email)

    def cohort(self, story: Story) -> Cohort:
        """Return the cohort that plays a story, as it was when first asked for."""
        if story.code not in self.cohorts:
            self.cohorts[story.code] = Cohort.objects.get(name=story.name)
        return self.cohorts[story.code]

    def interest_id(self, person: Person) -> int:
        """Return the id of what somebody has registered."""
        who = (person.email, person.name)
        if who not in self.interests:
            found = Interest.objects.filter(email=person.email, name=person.name)
            self.interests[who] = found.values_list("pk", flat=True).get()
        return self.interests[who]

    def round(self, story: Story, number: int) -> CourseRound:
        """Return the cohort's first course round (0), or the one that a vote has chosen (1)."""
        chosen = CourseRound.objects.filter(cohort=self.cohort(story)).exclude(
            state__in=["in_ballot", "dropped"]
        )
        return chosen.select_related("course", "cohort").order_by("id")[number]

    def sure_of(self, story: Story) -> list[Person]:
        """Return those who are certain to take part in a story."""
        return [person for person in self.region.people if person.cohort == story.code]
