using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>A log that does not tell what happened: for each event it may write others, or none.</summary>
internal sealed class LyingLog(ITrace right, Func<NodeAddress, ProtocolEvent, ProtocolEvent[]> told) : ITrace
{
    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        foreach (var e in told(node, protocolEvent)) right.Report(node, now, e);
    }

    public static Func<ITrace, ITrace> Without(EventKind kind) =>
        right => new LyingLog(right, (_, e) => e.Kind == kind ? [] : [e]);

    /// <summary>Each event of the one kind is followed by another.</summary>
    public static Func<ITrace, ITrace> With(EventKind kind, Func<ProtocolEvent, ProtocolEvent?> more) =>
        right => new LyingLog(right, (_, e) => e.Kind == kind && more(e) is { } other ? [e, other] : [e]);

    /// <summary>Proposals are written once they are decided.</summary>
    public static ITrace WithOutcomesFirst(ITrace right)
    {
        var gate = new Lock();
        var held = new Dictionary<(NodeAddress, ProposalId), ProtocolEvent>();
        return new LyingLog(right, (node, e) =>
        {
            if (e.Detail is not Ballot ballot) return [e];
            var key = (node, ballot.Proposal);
            lock (gate)
            {
                if (e.Kind == EventKind.ProposalOpened)
                {
                    held[key] = e;
                    return [];
                }

                var isDecided = e.Kind is EventKind.ProposalApproved or EventKind.ProposalRejected;
                return isDecided && held.Remove(key, out var opened) ? [e, opened] : [e];
            }
        });
    }
}
