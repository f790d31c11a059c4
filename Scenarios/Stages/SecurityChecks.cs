using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 6: what a member says that is not so, and what it says twice.</summary>
internal static class SecurityChecks
{
    public static readonly Check FalseReports = new(
        "DEAD_NODE about an unknown address, and about a live peer",
        "nobody crashes, the report is refused, no list changes", ReportAsync);

    public static readonly Check SecondRegistration = new(
        "REGISTER again, at two seed nodes", "REGISTER_ACK of the same membership, no list changes", RegisterAsync);

    private static async Task ReportAsync(TestStand stand, Observation seen)
    {
        var (reporter, live) = (stand.First, stand.Peers[0]);
        var before = await stand.ListsAsync();
        var pong = await stand.PongOfAsync(reporter, live);
        seen.Require(pong is not null, $"{live.Port} does not answer before");
        var (epoch, nodeId) = (pong?.Number("epoch") ?? 1, pong?.Word("nodeId") ?? reporter.NodeId);
        var stranger = new NodeAddress(live.Host, (ushort)(stand.Reader.Address.Port + StageSetup.HandMadeCount));
        var answers = await Task.WhenAll(stand.SeedNodes.Select(async seed =>
        {
            await reporter.SendAsync(seed, Report(stranger, 1, reporter.NodeId, reporter), stand.Waits.Answer);
            return await reporter.AskAsync(
                seed, Report(live, epoch, nodeId, reporter),
                line => line.Type is "ALIVE" or "REMOVED" && IsAbout(line, live), stand.Waits.Refusal);
        }));

        var refusals = answers.Count(answer => answer?.Type == "ALIVE");
        seen.Require(refusals == answers.Length, $"{refusals} of {answers.Length} seed nodes refused the report");
        var after = await stand.ListsAsync();
        seen.Require(before.SequenceEqual(after), $"before: {stand.InWords(before)}, after: {stand.InWords(after)}");
        foreach (var node in stand.SeedNodes.Append(live))
            seen.Require(stand.Network.IsRunning(node), $"{node.Port} crashed");
        if (stand.Network.Broken is { } broken) seen.Wrong($"{broken.Node.Port} failed: {broken.Error.Message}");
        var still = await stand.PongOfAsync(reporter, live);
        seen.Require(still?.Number("epoch") == epoch, $"{live.Port} is no longer the member it was");
        seen.Note($"{refusals} of {answers.Length} seed nodes said ALIVE of {live.Port}; {stand.InWords(after)}");
    }

    private static bool IsAbout(HeardLine line, NodeAddress node) =>
        line.Word("address") == node.ToString()
        || (line.Line["entry"] is JsonObject entry && HeardLine.WordOf(entry, "address") == node.ToString());

    private static JsonObject Report(NodeAddress dead, long epoch, string nodeId, HandMadePeer reporter) => new()
    {
        ["type"] = "DEAD_NODE",
        ["address"] = dead.ToString(),
        ["epoch"] = epoch,
        ["nodeId"] = nodeId,
        ["flag"] = "CONFIRMED",
        ["text"] = $"Dead Node:{dead}:{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}:{reporter.Address.HostText}",
    };

    private static async Task RegisterAsync(TestStand stand, Observation seen)
    {
        var who = stand.First;
        var (epoch, stamp) = (who.Epoch, who.JoinStamp);
        seen.Require(epoch > 0, $"{who.Address.Port} is no member");
        var before = await stand.ListsAsync();
        foreach (var seed in stand.SeedNodes[..2])
        {
            var answer = await stand.RegisterAsync(who, seed, oneAnswer: true);
            seen.Require(
                answer?.Type == "REGISTER_ACK", $"{seed.Port}: {answer?.Type ?? "no answer"} {answer?.Word("reason")}");
            seen.Require((who.Epoch, who.JoinStamp) == (epoch, stamp), $"{seed.Port} gave it epoch {who.Epoch}");
            (who.Epoch, who.JoinStamp) = (epoch, stamp);
        }

        var after = await stand.ListsAsync();
        seen.Require(before.SequenceEqual(after), $"before: {stand.InWords(before)}, after: {stand.InWords(after)}");
        seen.Note($"REGISTER_ACK of epoch {epoch}, twice; {stand.InWords(after)}");
    }
}
