namespace GossipSim.Engine.Protocol;

// Refresh: every interval a sign of life to the seed node that hashing names, or the next that answers. A peer whose
// membership was ended meanwhile learns it by the answer.
public sealed partial class Peer
{
    /// <summary>DESIGN section 4: lists of at most 200 entries.</summary>
    private const int LinksTold = 200;

    private long refreshRound;
    private int refreshTurn;
    private bool isRefreshOpen;

    private void OnRefreshTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Refresh), options.RefreshInterval);
        refreshTurn = 0;
        if (epoch > 0) SendRefresh(context);
    }

    private void SendRefresh(in NodeContext context)
    {
        isRefreshOpen = true;
        context.Send(SeedNodeFor(context.Self, refreshTurn), OwnRefresh());
        context.SetTimer(new ProtocolTimer(TimerKind.RefreshTimeout, Round: ++refreshRound), options.AnswerTimeout);
    }

    private Refresh OwnRefresh() => new(start.NodeId, epoch, neighbors.Count, neighbors.OpenedHere(LinksTold));

    private void OnRefreshAnswered() => isRefreshOpen = false;

    private void OnRefreshTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!isRefreshOpen || timer.Round != refreshRound || epoch == 0) return;
        isRefreshOpen = false;
        if (++refreshTurn < options.SeedNodes.Length) SendRefresh(context);
    }
}
