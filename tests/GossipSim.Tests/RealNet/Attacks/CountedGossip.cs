using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// What the members of an attacked network say to each other, each in turn: every message is counted at every other
/// member.
/// </summary>
/// <param name="pause">Between two messages; null: a short one.</param>
internal sealed class CountedGossip(AttackedNetwork network, TimeSpan? pause = null)
{
    private static readonly TimeSpan shortPause = TimeSpan.FromMilliseconds(20);

    private int wanted;

    /// <param name="phase">The text of the messages, by which they are told apart.</param>
    public async Task SayAsync(string phase, int messages)
    {
        for (var message = 0; message < messages; message++) await SayNextAsync(phase);
    }

    public async Task SayUntilAsync(string phase, CancellationToken over)
    {
        while (!over.IsCancellationRequested) await SayNextAsync(phase);
    }

    public Task UntilAllHaveAllAsync() => network.UntilAsync(
        () => Published().Count == wanted && Missing() == 0, "every member has every message",
        () => $"{Published().Count} of {wanted} are published, {Missing()} are missing");

    public override string ToString()
    {
        var published = Published();
        var phases = published.Values.CountBy(message => message.Gossip.Text)
            .Select(phase => $"{phase.Value} {phase.Key}");
        // Attackers may have said something too.
        var took = Receipts().Where(receipt => published.ContainsKey(receipt.Key))
            .Select(receipt => (receipt.At - published[receipt.Key].At).TotalMilliseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{published.Count} messages ({string.Join(", ", phases)}) to {network.Peers.Length - 1} others each,"
                + $" {Missing()} missing, {new Quantiles(took)}");
    }

    private async Task SayNextAsync(string phase)
    {
        network.Tell(network.Peers[wanted++ % network.Peers.Length], new Publish(phase));
        await Task.Delay(pause ?? shortPause);
    }

    private Dictionary<GossipKey, (Instant At, Gossip Gossip)> Published() => network.Events
        .Where(each => each.Event.Kind == EventKind.GossipPublished)
        .ToDictionary(each => ((Gossip)each.Event.Detail!).Key, each => (each.At, (Gossip)each.Event.Detail!));

    private IEnumerable<(NodeAddress Node, Instant At, GossipKey Key)> Receipts() => network.Events
        .Where(each => each.Event.Kind == EventKind.GossipDelivered)
        .Select(each => (each.Node, each.At, ((Gossip)each.Event.Detail!).Key));

    private int Missing()
    {
        var published = Published();
        var received = Receipts().Select(receipt => (receipt.Node, receipt.Key)).ToHashSet();
        return network.Peers.Sum(peer => published.Count(
            message => message.Value.Gossip.Origin != peer && !received.Contains((peer, message.Key))));
    }
}
