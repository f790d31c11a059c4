namespace GossipSim.Engine.Protocol;

// Refresh: every interval a sign of life to the seed node that hashing names, or the next that answers. A peer whose
// membership was ended meanwhile learns it by the answer. Each silence doubles the wait for the next one; who is still
// not answered when the interval is over goes on from there.
public sealed partial class Peer
{
    private static readonly int linksTold = MessagePages.RoomFor(MessagePages.AddressBytes);

    private sealed partial class WorkInHand
    {
        public long RefreshRound { get; set; }

        public int RefreshTurn { get; set; }

        public bool IsRefreshOpen { get; set; }
    }

    private void OnRefreshTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Refresh), options.RefreshInterval);
        if (epoch > 0 && !Work.IsRefreshOpen) SendRefresh(context);
    }

    private void SendRefresh(in NodeContext context)
    {
        Work.IsRefreshOpen = true;
        context.Send(SeedNodeFor(context.Self, Work.RefreshTurn), OwnRefresh());
        context.SetTimer(
            new ProtocolTimer(TimerKind.RefreshTimeout, Round: ++Work.RefreshRound),
            options.PatienceAfter(Work.RefreshTurn));
    }

    private Refresh OwnRefresh() =>
        new(NodeId, epoch, neighbors.Count, neighbors.OpenedHere(linksTold));

    /// <summary>It was answered, or there is nothing to refresh any more.</summary>
    private void EndRefresh() => (Work.IsRefreshOpen, Work.RefreshTurn) = (false, 0);

    private void OnRefreshTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!Work.IsRefreshOpen || timer.Round != Work.RefreshRound) return;
        Work.RefreshTurn++;
        SendRefresh(context);
    }
}
