using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 1: sockets and JSON framing, at a seed node that is alone.</summary>
internal static class SocketChecks
{
    private const int Crowd = 300;

    /// <summary>Lines of the questions that are put into one write.</summary>
    private const int Coalesced = 3;

    public static readonly Check Connect = new(
        "connect to a seed node that is alone, then 300 times at once",
        "each connection accepted and answered", ConnectAsync);

    public static readonly Check Framing = new(
        "GET_PEER_LIST in one piece, byte by byte, and three in one write", "1, 1 and 3 answers", FramingAsync);

    public static readonly Check Schema = new(
        "the answer to GET_PEER_LIST", "PEER_LIST with every field in range, and nobody in it", SchemaAsync);

    private static async Task ConnectAsync(TestStand stand, Observation seen)
    {
        var seed = stand.SeedNodes[0];
        await stand.Network.StartAsync(seed);
        (await JsonLineConnection.DialAsync(seed, stand.Waits.Answer)).Dispose();
        var begun = Stopwatch.GetTimestamp();
        var crowd = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => TryDialAsync(seed, stand.Waits)));
        var accepted = crowd.Count(each => each is not null);
        // While all of them are open: a connection that waits in the kernel is not served yet.
        var answered = await Task.WhenAll(crowd.Select(each => IsAnsweredAsync(each, stand)));
        foreach (var each in crowd) each?.Dispose();
        var served = answered.Count(each => each);
        seen.Require(accepted == Crowd, $"{Crowd - accepted} of {Crowd} refused");
        seen.Require(served == Crowd, $"{Crowd - served} of {Crowd} without an answer");
        seen.Note($"{served} of {Crowd} answered within {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms");
    }

    private static async Task<JsonLineConnection?> TryDialAsync(NodeAddress seed, Waits patience)
    {
        try
        {
            return await JsonLineConnection.DialAsync(seed, patience.Answer);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Asks what needs no introduction: whether the seed node dialed a port that it never did.</summary>
    private static async Task<bool> IsAnsweredAsync(JsonLineConnection? connection, TestStand stand)
    {
        if (connection is null) return false;
        using var limit = new CancellationTokenSource(stand.Waits.Answer);
        try
        {
            await connection.WriteAsync(HandMadePeer.LineOf(new JsonObject
            {
                ["type"] = "CHALLENGE",
                ["asker"] = stand.Reader.Address.ToString(),
                ["port"] = 1,
            }));
            return (await connection.ReadAsync(limit.Token))?["type"]?.GetValue<string>() == "CONFIRMATION";
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or InvalidDataException)
        {
            return false;
        }
    }

    private static async Task FramingAsync(TestStand stand, Observation seen)
    {
        await ExpectAsync("in one piece", 1, int.MaxValue);
        await ExpectAsync("byte by byte", 1, 1);
        await ExpectAsync("in one write", Coalesced, int.MaxValue);

        async Task ExpectAsync(string how, int questions, int piece)
        {
            var answers = await stand.Reader.CountAnswersAsync(
                stand.SeedNodes[0], Enumerable.Range(0, questions).Select(_ => TestStand.GetPeerList()), piece,
                "PEER_LIST", questions, stand.Waits.Answer);
            seen.Require(answers == questions, $"{answers} of {questions} answered {how}");
            if (answers == questions) seen.Note($"{answers} {how}");
        }
    }

    private static async Task SchemaAsync(TestStand stand, Observation seen)
    {
        var answer = await stand.Reader.AskAsync(
            stand.SeedNodes[0], TestStand.GetPeerList(), line => line.Type == "PEER_LIST", stand.Waits.Answer);
        if (answer is null)
        {
            seen.Wrong("no PEER_LIST");
            return;
        }

        var list = ToldList.Read(answer);
        seen.Require(list.Members.Count == 0, $"it lists {list}, and nobody has registered");
        seen.Note($"{answer.Type} with {string.Join(", ", answer.Line.Select(field => field.Key).Skip(1))}");
    }
}
