"""Small charts for pages, as inline SVG: each with the sentence that stands in for it.

Every chart of the portal that is drawn on the server comes from here. A chart is plain shapes and
text without styles of its own: colours of classes are attributes, all others follow the page by
the names of its parts (`static/css/charts.css`).
"""
