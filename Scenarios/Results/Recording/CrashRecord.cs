using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>How the membership of a crashed process ended.</summary>
internal enum CrashOutcome
{
    /// <summary>Some live seed node still lists it.</summary>
    Pending,

    /// <summary>Every live seed node committed its removal.</summary>
    Removed,

    /// <summary>The process that started after it at the same address registered first.</summary>
    Replaced,
}

/// <summary>One crash of a registered peer and what followed from it.</summary>
internal sealed class CrashRecord
{
    private readonly List<(NodeAddress SeedNode, Instant At)> removals = [];
    private readonly Dictionary<ProposalId, Instant> proposals = [];
    private int holders;
    private Instant? lastDropped;

    public required NodeAddress Address { get; init; }

    public required int Epoch { get; init; }

    public required Instant At { get; init; }

    public required string FaultId { get; init; }

    /// <summary>Links that it had at the moment of the crash.</summary>
    public required int Degree { get; init; }

    /// <summary>Indexes of its neighbors at that moment; empty in a run that is too large to be drawn.</summary>
    public int[] Neighbors { get; init; } = [];

    /// <summary>Live peers that listed it at that moment: those who have to be told.</summary>
    public int Holders
    {
        get => holders;
        init => holders = value;
    }

    /// <summary>An earlier crash at this address whose membership has not ended everywhere either.</summary>
    public CrashRecord? Earlier { get; init; }

    public Instant? FirstSuspicion { get; private set; }

    /// <summary>When the neighbor that suspected it first missed an answer for the first time.</summary>
    public Instant? FirstMiss { get; private set; }

    public Instant? FirstReport { get; private set; }

    /// <summary>When a majority of its neighbors had confirmed it to one of them.</summary>
    public Instant? NeighborMajority { get; private set; }

    /// <summary>When a report first reached a seed node.</summary>
    public Instant? ReportHeard { get; private set; }

    /// <summary>When the vote began that removed it.</summary>
    public Instant? Proposed { get; private set; }

    /// <summary>When the first seed node had heard a quorum of votes for its removal.</summary>
    public Instant? Quorum { get; private set; }

    /// <summary>
    /// When the last live peer had let go of its link to it and every live seed node had removed it; null when that
    /// never came.
    /// </summary>
    public Instant? LastPeerInformed
    {
        get
        {
            if (holders > 0 || Outcome != CrashOutcome.Removed) return null;
            return lastDropped > EndedEverywhere ? lastDropped : EndedEverywhere;
        }
    }

    public Instant? EndedEverywhere { get; private set; }

    public CrashOutcome Outcome { get; private set; }

    public IReadOnlyList<(NodeAddress SeedNode, Instant At)> Removals => removals;

    public void Suspect(Instant now, Silence? silence)
    {
        if (FirstSuspicion is not null) return;
        FirstSuspicion = now;
        if (silence is not null) FirstMiss = now + TimeSpan.FromMicroseconds(-silence.SinceFirstMiss);
    }

    public void Report(Instant now, DeadNode? report)
    {
        FirstReport ??= now;
        if (report is { Flag: ReportFlag.Confirmed }) NeighborMajority ??= now;
    }

    public void HearReport(Instant now) => ReportHeard ??= now;

    public void Propose(Instant now, ProposalId proposal) => proposals.TryAdd(proposal, now);

    /// <summary>A live peer let go of its link to it.</summary>
    public void Drop(Instant now)
    {
        LoseHolder();
        lastDropped = now;
    }

    /// <summary>A live peer that listed it died or left, and need not be told any more.</summary>
    public void LoseHolder() => holders = Math.Max(0, holders - 1);

    /// <summary>Whether a seed node with this entry no longer takes the crashed process for a member.</summary>
    public bool IsEndedBy(in MembershipEntry entry) =>
        entry.Epoch > Epoch || (entry.Epoch == Epoch && !entry.IsAlive);

    public void Commit(NodeAddress seedNode, Instant now, Ballot certificate)
    {
        if (Quorum is null && !certificate.Entry.IsAlive && certificate.Entry.Epoch == Epoch)
        {
            Quorum = now;
            if (proposals.TryGetValue(certificate.Proposal, out var opened)) Proposed = opened;
        }

        foreach (var (known, _) in removals)
        {
            if (known == seedNode) return;
        }

        removals.Add((seedNode, now));
    }

    public void End(Instant now, in MembershipEntry entry)
    {
        EndedEverywhere = now;
        Outcome = entry.Epoch == Epoch ? CrashOutcome.Removed : CrashOutcome.Replaced;
    }
}
