"""Publications come to be when an article names them."""

from collections.abc import Iterable

from reader.models import Publication


def publications_named(names: Iterable[str]) -> dict[str, Publication]:
    """The publications with these names, made where there are none; "" stands for none.

    Capitals do not make another publication: the one that is there keeps its spelling.
    """
    wanted = {name for name in names if name}
    found = {one.name: one for one in Publication.objects.filter(name__in=wanted)} if wanted else {}
    # In order, so that two transactions that make the same ones do not wait for each other.
    for name in sorted(wanted - found.keys()):
        alike = Publication.objects.filter(name__iexact=name).order_by("id").first()
        found[name] = alike or Publication.objects.get_or_create(name=name)[0]
    return found


def publication_called(name: str, domain: str) -> Publication:
    """The publication of this name and domain, made where there is none.

    One of the same name at another domain is another one, and this is then told from it by
    its domain.
    """
    publication = publications_named([name])[name]
    if publication.domain == domain or not domain:
        return publication
    if publication.domain:
        longest = 200 - len(domain) - 3
        return publication_called(f"{name[:longest]} ({domain})", "")
    publication.domain = domain
    publication.save(update_fields=["domain"])
    return publication
