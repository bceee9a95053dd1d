"""One's own account: the name, and the way to everything that allauth does."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from reader.accounts import signed_in
from reader.services.people import rename


class NameForm(forms.Form):
    """The name by which others in the same projects know somebody."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        help_text=gettext_lazy("Members of your projects see it; readers outside do not."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def no_other_address(request: HttpRequest) -> HttpResponse:
    """Stands before allauth's page for changing one's address, which takes away the present one
    where no mail has ever confirmed it. The owner of the site can change an address."""
    return redirect("account")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Change one's name; find password, second factor and address."""
    person = signed_in(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        rename(person, form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("account")
    return render(request, "account/account.html", {"form": form})
