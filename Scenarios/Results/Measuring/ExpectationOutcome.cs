namespace GossipSim.Scenarios.Results;

/// <summary>One expectation of the scenario and what the run made of it.</summary>
/// <param name="Text">The expectation as a sentence: <c>gossip.coverageOfLivePeersMin == 1</c>.</param>
/// <param name="Actual">What the summary says, or why it says nothing.</param>
internal sealed record ExpectationOutcome(string Text, bool Met, string Actual);
