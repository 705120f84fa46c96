from audit import events, requests
from weihai_transfer.lib.fields import new_id


class SecurityTrail:
    """Gives each request an id and writes its security events once the view's transactions are over."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = str(new_id())
        request.noted = []
        mark = requests.current.set(request.id)
        try:
            response = self.get_response(request)
            self._note_denial(request, response)
        finally:
            requests.current.reset(mark)
            events.write(request)
        response["Cache-Control"] = response.get("Cache-Control", "no-store")
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        return response

    def _note_denial(self, request, response):
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and response.status_code in (403, 404):
            events.note(request, "denied" if response.status_code == 403 else "not_found")
