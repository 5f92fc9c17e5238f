"""What spiders say about their tasks, and the extensions listen to.

Scrapy's own way, an item through the pipeline, hands each item to a task of its own and promises no order. Here
order matters: a task's files become whole the moment its last record is written. These signals are synchronous.
"""

task_begun = object()  # task
record_made = object()  # task, record
task_done = object()  # task
page_read = object()  # task, sha256 of the body, copy: a page that findings may stand on
page_taken = (
    object()
)  # url, content_type, body: a page that came, and will be read before the next thing is done
answer_came = object()  # request, facts: what became of a request, before anybody reads it
task_lost = object()  # task: a fault of ours ended it; it stays open
