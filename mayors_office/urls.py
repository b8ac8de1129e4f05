"""The addresses of the day's numbers."""

from django.urls import path, re_path

from mayors_office.views import heard, numbers, opendata, record

urlpatterns = [
    path("", numbers.public, name="dashboard"),
    path("heard/", heard.heard, name="heard"),
    path("mayor/", numbers.mayor, name="dashboard_mayor"),
    path("mayor/<slug:panel>.csv", numbers.mayor_file, name="dashboard_mayor_file"),
    path("office/<slug:slug>/", numbers.office, name="dashboard_office"),
    path("office/<slug:slug>/<slug:panel>.csv", numbers.office_file, name="dashboard_office_file"),
    path("<slug:panel>.csv", numbers.file, name="dashboard_file"),
]

# Under the officers' door.
staff_urlpatterns = [
    path("heard/", heard.questions, name="heard_questions"),
    path("heard/<int:pk>/reply/", heard.reply, name="heard_reply"),
]

# Files are the same in every language; their names are ours, never a path.
file_urlpatterns = [
    path("manifest.json", opendata.manifest, name="opendata_manifest"),
    path("SHA256SUMS", opendata.sums, name="opendata_sums"),
    re_path(
        r"^SHA256SUMS-(?P<day>\d{4}-\d{2}-\d{2})$",
        opendata.earlier_sums,
        name="opendata_earlier_sums",
    ),
    re_path(
        r"^(?P<name>[a-z]{1,20}-\d{4}-\d{2}\.(?:csv|jsonl)\.gz)$",
        opendata.file,
        name="opendata_file",
    ),
    path("record/checkpoint", record.checkpoint, name="record_checkpoint"),
    re_path(
        r"^record/checkpoint-(?P<day>\d{4}-\d{2}-\d{2})$",
        record.checkpoint_of_day,
        name="record_checkpoint_of_day",
    ),
    path("record/key", record.key, name="record_key"),
    path("record/verify.py", record.script, name="record_script"),
    re_path(r"^record/leaves/(?P<part>\d{1,9})$", record.leaves, name="record_leaves"),
    re_path(r"^record/entries/(?P<part>\d{1,9})$", record.entries, name="record_entries"),
    re_path(
        r"^record/consistency/(?P<old>\d{1,12})-(?P<new>\d{1,12})$",
        record.consistency,
        name="record_consistency",
    ),
]
