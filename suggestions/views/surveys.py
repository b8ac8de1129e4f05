"""The page behind the link in a survey's mail: once, and nobody knows afterwards who said what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import sealing
from channels_app.models import Confirmation
from channels_app.views.cases import keep_secret, nothing_here
from lifecycle.errors import WrongTurnError
from suggestions import actions
from suggestions.models import Evaluation
from suggestions.survey_form import SurveyForm


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Two questions and a box; a second time the page says that it has arrived."""
    known = Confirmation.objects.select_related("contact").filter(contact__isnull=False)
    asked = known.filter(pk=pk, contact__erased_at=None).first()
    if asked is None or not sealing.same(token, asked.token):
        return nothing_here(request)
    evaluation = actions.survey_of(asked)
    if evaluation is None or not evaluation.suggestion.is_public:
        return nothing_here(request)
    return keep_secret(_answer(request, asked, evaluation))


def _answer(request: HttpRequest, asked: Confirmation, evaluation: Evaluation) -> HttpResponse:
    if asked.confirmed_at is not None or not evaluation.is_asking:
        return _over(request, asked, evaluation)
    if request.method != "POST" or request.POST.get("act") == "keep":
        form = SurveyForm(initial=request.POST.dict())  # typed, where the language was switched
        return _page(request, asked, evaluation, form)
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, evaluation, form, status=422)
    try:
        actions.answer_survey(asked, **form.cleaned_data)
    except WrongTurnError:  # pressed twice, or over in this moment
        asked.refresh_from_db()
        return _over(request, asked, evaluation)
    return _over(request, asked, evaluation, thanks=True)


def _page(
    request: HttpRequest,
    asked: Confirmation,
    evaluation: Evaluation,
    form: SurveyForm,
    status: int = 200,
) -> HttpResponse:
    needs = {
        "asked": asked,
        "evaluation": evaluation,
        "suggestion": evaluation.suggestion,
        "claim": actions.newest_claim(evaluation.suggestion),
        "form": form,
    }
    return render(request, "suggestions/survey.html", needs, status=status)


def _over(
    request: HttpRequest, asked: Confirmation, evaluation: Evaluation, *, thanks: bool = False
) -> HttpResponse:
    needs = {
        "thanks": thanks or asked.confirmed_at is not None,
        "suggestion": evaluation.suggestion,
        "evaluation": evaluation,
    }
    status = 409 if request.method == "POST" and not needs["thanks"] else 200
    return render(request, "suggestions/survey_over.html", needs, status=status)
