from review_app.pages.document import read_document


def parse_guarded(body, charset=None):
    return read_document(body, charset)
