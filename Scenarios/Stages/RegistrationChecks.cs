using System.Diagnostics;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 2: registration by a quorum of the seed nodes.</summary>
internal static class RegistrationChecks
{
    public static readonly Check Quorum = new(
        "REGISTER at a seed node left alone, then with all up",
        "no ACK from one alone and nobody listed; REGISTER_ACK with a quorum of votes", QuorumAsync);

    public static readonly Check Spread = new(
        "the lists after that ACK", "the new member at every seed node within 1 s", SpreadAsync);

    public static readonly Check Agreement = new(
        "REGISTER of another at another seed node", "REGISTER_ACK, and the same list of both everywhere",
        AgreementAsync);

    private static async Task QuorumAsync(TestStand stand, Observation seen)
    {
        // Not the one that is asked with all up: it would answer from what it decided alone, were it wrong.
        var alone = stand.SeedNodes[1];
        NodeAddress[] others = [.. stand.SeedNodes.Where(seed => seed != alone)];
        await Task.WhenAll(stand.SeedNodes[1..].Select(stand.Network.StartAsync));
        await stand.Network.VotingAsync();
        foreach (var other in others) await stand.Network.KillAsync(other);
        var refusal = await stand.RegisterAsync(stand.First, alone, oneAnswer: true);
        var listed = await stand.ListOfAsync(alone);
        await Task.WhenAll(others.Select(stand.Network.StartAsync));
        seen.Require(refusal?.Type != "REGISTER_ACK", $"one of {stand.SeedNodes.Length} alone gave a REGISTER_ACK");
        seen.Require(listed.Members.Count == 0, $"one alone lists {listed}");
        seen.Note($"alone: {Words(refusal)}");

        var begun = Stopwatch.GetTimestamp();
        var together = await stand.RegisterAsync(stand.First, stand.SeedNodes[0]);
        seen.Require(together?.Type == "REGISTER_ACK", $"with all up: {Words(together)}");
        seen.Note($"with all up: {Words(together)} in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s");
        if (together is null || together.Type != "REGISTER_ACK") return;
        var voters = (together.Line["certificate"]?["voters"] as JsonArray ?? [])
            .Select(voter => voter?.ToString()).Intersect(stand.SeedNodes.Select(seed => seed.ToString())).Count();
        var quorum = stand.Setup.Settings.SeedNode.QuorumSize;
        // Others may have finished what the one alone began. Who is listed already is told so without votes: these
        // stand in the log of who counted them.
        if (voters == 0)
            await TestStand.UntilAsync(() => Task.FromResult((voters = Logged()) >= quorum), stand.Waits.Spread);
        seen.Require(voters >= quorum, $"votes of {voters}, a quorum is {quorum}");

        int Logged() => LogTraces.VotesFor(stand.Network.ReadLog(), stand.First.Address);
    }

    private static async Task SpreadAsync(TestStand stand, Observation seen)
    {
        seen.Require(stand.First.Epoch > 0, "it has no REGISTER_ACK");
        var begun = Stopwatch.GetTimestamp();
        var (lists, hold) = await stand.ListsUntilAsync(list => list.Has(stand.First.Address), stand.Waits.Spread);
        seen.Require(hold, $"{stand.First.Address.Port} is not listed everywhere");
        seen.Note(stand.InWords(lists));
        if (hold) seen.Note($"after {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms");
    }

    private static async Task AgreementAsync(TestStand stand, Observation seen)
    {
        var answer = await stand.RegisterAsync(stand.Second, stand.SeedNodes[1]);
        seen.Require(answer?.Type == "REGISTER_ACK", Words(answer));
        ToldList[] lists = [];
        var hold = await TestStand.UntilAsync(
            async () =>
            {
                lists = await stand.ListsAsync();
                return lists.Distinct().Count() == 1 && lists[0].Members.Count == 2
                    && lists[0].Has(stand.First.Address) && lists[0].Has(stand.Second.Address);
            },
            stand.Waits.Spread);
        seen.Require(hold, "the lists are not both members everywhere");
        seen.Note(Words(answer));
        seen.Note(stand.InWords(lists));
    }

    private static string Words(HeardLine? answer) => answer switch
    {
        null => "no answer",
        { Type: "REGISTER_NACK" } => $"REGISTER_NACK {answer.Word("reason")}",
        _ => answer.Type,
    };
}
