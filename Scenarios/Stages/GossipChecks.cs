using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 4: a message reaches everybody once, and is heard no second time.</summary>
internal static class GossipChecks
{
    /// <summary>A digest that no peer has: whoever hears it tells what it has (PING of a neighbor, IHAVE).</summary>
    private static readonly JsonObject emptyDigest = new() { ["count"] = 0, ["xor"] = new string('0', 16) };

    public static readonly Check Delivery = new(
        "a GOSSIP to one peer", "once in the log and in the message list of all 5, with the same SHA-256",
        DeliverAsync);

    public static readonly Check Duplicates = new(
        "the same GOSSIP again, to each of the 5", "no second log line, and nobody passes it on", RepeatAsync);

    private static async Task DeliverAsync(TestStand stand, Observation seen)
    {
        var gossip = SentGossip.Of(stand.First, number: 1);
        await stand.First.SendAsync(stand.Peers[0], gossip.Line, stand.Waits.Answer);
        var logged = await TestStand.UntilAsync(
            () => Array.TrueForAll(stand.Peers, peer => stand.Network.ReadLog().Receipts(peer, gossip.Id) > 0),
            stand.Waits.Gossip);
        var log = stand.Network.ReadLog();
        foreach (var peer in stand.Peers)
        {
            var receipts = log.Receipts(peer, gossip.Id);
            seen.Require(receipts == 1, $"{receipts} log lines of {peer.Port}");
            var (listed, isWhole) = await FindAsync(stand, peer, gossip, logged);
            seen.Require(listed == 1, $"{listed} times in the message list of {peer.Port}");
            seen.Require(isWhole, $"{peer.Port} does not give it back unaltered");
        }

        if (seen.IsAsExpected) seen.Note($"{gossip.Id}: 5 log lines, in 5 message lists, SHA-256 {gossip.Hash[..8]}");
    }

    /// <returns>How often the peer's message list names it, and whether it gives it back as it was sent.</returns>
    private static async Task<(int Listed, bool IsWhole)> FindAsync(
        TestStand stand, NodeAddress peer, SentGossip gossip, bool hasArrived)
    {
        var ping = new JsonObject { ["type"] = "PING", ["digest"] = emptyDigest.DeepClone() };
        // Where it did not arrive in time it will not be waited for once more.
        var limit = hasArrived ? stand.Waits.Answer : stand.Waits.Gossip;
        var have = await stand.First.AskAsync(
            peer, ping, line => line.Type == "IHAVE" && gossip.CountIn(line) > 0, limit);
        if (have is null) return (0, false);
        var back = await stand.First.AskAsync(
            peer, gossip.Question, line => line.Type == "GOSSIP" && line.Word("id") == gossip.Id, limit);
        return (gossip.CountIn(have), back is not null && gossip.IsIn(back));
    }

    private static async Task RepeatAsync(TestStand stand, Observation seen)
    {
        var again = await SayAsync(stand, number: 2, stand.Peers);
        await PassAsync(stand);
        var (first, second) = (stand.First.Mark, stand.Second.Mark);
        foreach (var peer in stand.Peers) await stand.First.SendAsync(peer, again.Line, stand.Waits.Answer);
        await PassAsync(stand);
        // Each peer writes its lines in its own order: a second one of the first message stands before this one's.
        await SayAsync(stand, number: 3, stand.Peers);

        var log = stand.Network.ReadLog();
        foreach (var peer in stand.Peers)
        {
            var receipts = log.Receipts(peer, again.Id);
            seen.Require(receipts == 1, $"{receipts} log lines of {peer.Port}");
        }

        var copies = stand.First.HeardSince(first).Concat(stand.Second.HeardSince(second)).Count(again.IsIn);
        seen.Require(copies == 0, $"passed on {copies} times");
        if (seen.IsAsExpected) seen.Note($"{again.Id} sent 5 times more: still 5 log lines, 0 copies passed on");
    }

    /// <summary>Publishes to one peer, and waits until the log has it of all.</summary>
    private static async Task<SentGossip> SayAsync(TestStand stand, int number, NodeAddress[] peers)
    {
        var gossip = SentGossip.Of(stand.First, number);
        await stand.First.SendAsync(peers[0], gossip.Line, stand.Waits.Answer);
        await TestStand.UntilAsync(
            () => Array.TrueForAll(peers, peer => stand.Network.ReadLog().Receipts(peer, gossip.Id) > 0),
            stand.Waits.Answer);
        return gossip;
    }

    /// <summary>
    /// What was sent before has been handled, and what was sent to the hand-made peers because of it is here: links
    /// keep the order, and so do answers on them.
    /// </summary>
    private static async Task PassAsync(TestStand stand)
    {
        foreach (var asker in new[] { stand.First, stand.Second })
            foreach (var peer in stand.Peers) await stand.PongOfAsync(asker, peer);
    }
}
