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

    public required NodeAddress Address { get; init; }

    public required int Epoch { get; init; }

    public required Instant At { get; init; }

    public required string FaultId { get; init; }

    /// <summary>Links that it had at the moment of the crash.</summary>
    public required int Degree { get; init; }

    /// <summary>An earlier crash at this address whose membership has not ended everywhere either.</summary>
    public CrashRecord? Earlier { get; init; }

    public Instant? FirstSuspicion { get; private set; }

    public Instant? FirstReport { get; private set; }

    public Instant? EndedEverywhere { get; private set; }

    public CrashOutcome Outcome { get; private set; }

    public IReadOnlyList<(NodeAddress SeedNode, Instant At)> Removals => removals;

    public void Suspect(Instant now) => FirstSuspicion ??= now;

    public void Report(Instant now) => FirstReport ??= now;

    /// <summary>Whether a seed node with this entry no longer takes the crashed process for a member.</summary>
    public bool IsEndedBy(in MembershipEntry entry) =>
        entry.Epoch > Epoch || (entry.Epoch == Epoch && !entry.IsAlive);

    public void Commit(NodeAddress seedNode, Instant now)
    {
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
