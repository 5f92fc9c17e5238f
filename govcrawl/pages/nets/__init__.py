"""Wide nets: whether something that no narrow reader recognised might stand on a page all the same.

The narrow readers (`facts`, `dates`, `lists` …) find what is there. That something is *not* there is concluded only where its
net finds nothing either. A net is easily triggered on purpose, and returns the snippet that triggered it. Such a snippet never
counts as the thing itself: it makes the absence doubtful, and a person decides.
"""
