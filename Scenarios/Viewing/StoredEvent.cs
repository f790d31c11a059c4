namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// One line of an event log, as far as moments and states need it: a value of 32 bytes, so that a million of them lie
/// side by side. Nodes are places in <see cref="StoredEvents.Nodes"/>; -1 is none.
/// </summary>
/// <param name="Microseconds">
/// Since the run began, and never before an earlier line's: on TCP a node is heard of a little late.
/// </param>
/// <param name="Number">As the line has it; of a delivery that was recovered -1, which no flood took.</param>
/// <param name="Detail">
/// Of gossip the place of its message, of votes and faults that of their <see cref="StoredBallot"/> or
/// <see cref="StoredStrike"/>; -1 for all others.
/// </param>
/// <param name="Kind">A place in <see cref="StoredKinds"/>.</param>
internal readonly record struct StoredEvent(
    long Microseconds, uint Seq, int Node, int About, int Number, int Detail, byte Kind);

/// <summary>A step of a vote, as a line tells it.</summary>
/// <param name="Voter">Whose vote it is about; -1 when it is about the outcome.</param>
internal readonly record struct StoredBallot(int Proposal, int Epoch, bool Removes, int Quorum, int Voter, bool Yes);

/// <summary>A fault that struck, or is over.</summary>
internal sealed record StoredStrike(string Word, string FaultId, int[][] Groups, bool OneWay);
