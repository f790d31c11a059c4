namespace GossipSim.Scenarios.Explaining;

/// <summary>What <c>explain</c> is asked, as typed.</summary>
/// <param name="Log">Full path of the event log.</param>
/// <param name="Message">An id, or the number that the list of questions shows.</param>
/// <param name="Peer">With a message: the peer, <c>ip:port</c> or its port.</param>
/// <param name="Removal"><c>ip:port</c> or a port, perhaps with <c>@epoch</c>.</param>
internal sealed record ExplainRequest(string Log, string? Message, string? Peer, string? Removal, bool Json);
