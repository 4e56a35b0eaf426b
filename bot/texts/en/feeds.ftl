## Feeds

error-fetch = The link could not be opened: its site did not answer as it should. Try again later, or paste the text here.
error-feed = There is no feed at this link (RSS, Atom or JSON Feed), nor a page that names one.
