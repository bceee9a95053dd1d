"""Projects and who belongs to them."""

from reader.models import Role
from reader.services.invitations import invite
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, open_all, press


def projects_pages(world: Affair) -> list[Visit]:
    alice = world.alice
    _, token = invite(world.project, alice, Role.ANNOTATOR, note="For Cleo")
    return [
        Visit("projects", "/projects/"),
        Visit("projects", "/projects/", alice),
        Visit("new_project", "/projects/new/", alice),
        Visit("project", "/projects/tannery/"),
        Visit("project", "/projects/tannery/", alice, open_all),
        Visit("activity", "/projects/tannery/activity/", alice),
        Visit("project_settings", "/projects/tannery/settings/", alice),
        Visit("project_guidelines", "/projects/tannery/guidelines/"),
        Visit("project_members", "/projects/tannery/members/", alice),
        Visit("project_members", "/projects/tannery/members/", alice, press("Change")),
        Visit("project_members", "/projects/tannery/members/", world.bob),
        Visit("invitation", f"/invitations/{token}/"),
        Visit("invitation", f"/invitations/{token}/", world.charlie),
        Visit("invitation", "/invitations/unknown/"),
    ]
