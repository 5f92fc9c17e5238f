"""Wide nets: whether something that no narrow reader recognised might stand on a page all the same.

What is there is told by the narrow readers (`facts`, `dates`, `lists` …). That something is *not* there is said only
where the net for it is silent too. A net is deliberately easy to trip, and answers with the snippet that tripped it;
what it catches is never taken for the thing itself, it only makes the absence doubtful, and a person looks.
"""
