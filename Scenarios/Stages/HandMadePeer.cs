using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Stages;

/// <summary>
/// Somebody who speaks to the nodes with bare hands: raw TCP and lines of JSON. Who dials says HELLO with an address,
/// and is asked there whether he dialed; so it listens too. It answers who asks whether it lives, refuses links, has
/// no opinion about others, and says nothing else by itself.
/// </summary>
internal sealed class HandMadePeer : IAsyncDisposable
{
    /// <summary>
    /// Seed nodes end a connection that was silent for a second; one that was silent for half of it is not used again.
    /// </summary>
    private static readonly TimeSpan freshness = TimeSpan.FromMilliseconds(500);

    /// <summary>Without an answer for so long a question is asked again: its connection may have ended.</summary>
    private static readonly TimeSpan askAgain = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(3);

    private readonly string cluster;
    private readonly NodeAddress[] seedNodes;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock gate = new();
    private readonly List<Conversation> open = [];
    private readonly List<HeardLine> heard = [];

    public HandMadePeer(NodeAddress address, ulong nodeId, string cluster, NodeAddress[] seedNodes)
    {
        Address = address;
        NodeId = nodeId.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        this.cluster = cluster;
        this.seedNodes = seedNodes;
    }

    public NodeAddress Address { get; }

    /// <summary>16 hex digits: the name of this process.</summary>
    public string NodeId { get; }

    /// <summary>Of its membership; 0 while it is no member.</summary>
    public long Epoch { get; set; }

    public long JoinStamp { get; set; }

    /// <summary>Whom it has links with, as it tells who asks.</summary>
    public ImmutableArray<NodeAddress> Neighbors { get; set; } = [];

    /// <summary>How much was heard so far: what comes later stands behind it.</summary>
    public int Mark
    {
        get
        {
            lock (gate) return heard.Count;
        }
    }

    /// <exception cref="EnvironmentException">The port is taken.</exception>
    public void Listen()
    {
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Parse(Address.HostText), Address.Port));
            listener.Listen();
        }
        catch (SocketException error)
        {
            throw new EnvironmentException($"cannot listen at {Address}: {error.Message}");
        }

        _ = AcceptAsync();
    }

    public IReadOnlyList<HeardLine> HeardSince(int mark)
    {
        lock (gate) return heard.GetRange(mark, heard.Count - mark);
    }

    public JsonObject Hello() => new()
    {
        ["type"] = "HELLO",
        ["cluster"] = cluster,
        ["address"] = Address.ToString(),
        ["nodeId"] = NodeId,
        ["epoch"] = Epoch,
    };

    /// <summary>
    /// Says it as soon as a connection is there: the other end may be about to start, or to end the one there is.
    /// </summary>
    /// <exception cref="SocketException">None came about in time.</exception>
    public async Task SendAsync(NodeAddress to, JsonObject line, TimeSpan limit)
    {
        var (begun, left) = (Stopwatch.GetTimestamp(), limit);
        while (true)
        {
            try
            {
                var conversation = await ConversationWithAsync(to, left);
                await conversation.Connection.WriteAsync(LineOf(line));
                conversation.LastUsed = Stopwatch.GetTimestamp();
                return;
            }
            catch (SocketException) when ((left = limit - Stopwatch.GetElapsedTime(begun)) > TimeSpan.Zero)
            {
                await Task.Delay(glance);
            }
        }
    }

    /// <summary>Says something until the other end answers, whichever connection the answer takes.</summary>
    /// <returns>The first answer; null when there was none in time.</returns>
    public async Task<HeardLine?> AskAsync(
        NodeAddress to, JsonObject question, Predicate<HeardLine> isAnswer, TimeSpan limit)
    {
        var (mark, begun) = (Mark, Stopwatch.GetTimestamp());
        while (limit - Stopwatch.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
        {
            try
            {
                await SendAsync(to, question, left);
            }
            catch (SocketException)
            {
                return null;
            }

            var since = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(since) < askAgain && Stopwatch.GetElapsedTime(begun) < limit)
            {
                if (HeardSince(mark).FirstOrDefault(line => line.From == to && isAnswer(line)) is { } answer)
                    return answer;
                await Task.Delay(glance);
            }
        }

        return null;
    }

    /// <summary>Says HELLO and then the lines on a connection of their own, so many bytes to a write.</summary>
    /// <returns>How many lines of that type were heard, as soon as they are as many as wanted.</returns>
    public async Task<int> CountAnswersAsync(
        NodeAddress to, IEnumerable<JsonObject> lines, int piece, string type, int wanted, TimeSpan limit)
    {
        var (mark, begun) = (Mark, Stopwatch.GetTimestamp());
        byte[] bytes = [.. LineOf(Hello()), .. lines.SelectMany(LineOf)];
        using var conversation = await DialAsync(to, limit);
        await conversation.Connection.WriteAsync(bytes, piece);
        while (Count() < wanted && Stopwatch.GetElapsedTime(begun) < limit && !conversation.HasEnded)
            await Task.Delay(glance);
        return Count();

        int Count() => HeardSince(mark).Count(line => line.From == to && line.Type == type);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Conversation[] ending;
        lock (gate) ending = [.. open];
        foreach (var conversation in ending) conversation.Dispose();
        while (true)
        {
            lock (gate)
            {
                if (open.Count == 0) return;
            }

            await Task.Delay(glance);
        }
    }

    public static byte[] LineOf(JsonObject line) => [.. Encoding.UTF8.GetBytes(line.ToJsonString()), (byte)'\n'];

    private async Task<Conversation> ConversationWithAsync(NodeAddress to, TimeSpan limit)
    {
        if (Greeted(to) is { } standing)
        {
            var isStale = seedNodes.Contains(to) && Stopwatch.GetElapsedTime(standing.LastUsed) > freshness;
            if (!isStale) return standing;
            standing.Dispose();
        }

        var begun = Stopwatch.GetTimestamp();
        var dialed = await DialAsync(to, limit);
        await dialed.Connection.WriteAsync(LineOf(Hello()));
        while (Stopwatch.GetElapsedTime(begun) < limit)
        {
            if (Greeted(to) is { } greeted) return greeted;   // this one, or the other end's own that came first
            if (dialed.HasEnded) throw new SocketException((int)SocketError.ConnectionReset);
            await Task.Delay(glance);
        }

        throw new SocketException((int)SocketError.TimedOut);
    }

    private Conversation? Greeted(NodeAddress with)
    {
        lock (gate) return open.FindLast(each => each.Remote == with && each.IsGreeted && !each.HasEnded);
    }

    private async Task<Conversation> DialAsync(NodeAddress to, TimeSpan limit)
    {
        var conversation = new Conversation(await JsonLineConnection.DialAsync(to, limit), to);
        Follow(conversation);
        return conversation;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync();
                socket.NoDelay = true;
                Follow(new Conversation(new JsonLineConnection(socket), target: NodeAddress.None));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It no longer listens.
        }
    }

    private void Follow(Conversation conversation)
    {
        lock (gate) open.Add(conversation);
        _ = ReadAsync(conversation);
    }

    private async Task ReadAsync(Conversation conversation)
    {
        try
        {
            while (await conversation.Connection.ReadAsync() is { } line)
            {
                conversation.LastUsed = Stopwatch.GetTimestamp();
                await HearAsync(conversation, line);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidDataException)
        {
            // A line that is none ends the connection, and whoever waits for an answer goes without.
        }

        conversation.Dispose();
        lock (gate) open.Remove(conversation);
    }

    private async Task HearAsync(Conversation with, JsonObject line)
    {
        var said = new HeardLine(with.Remote, line);
        if (said.Type == "HELLO")
        {
            if (!with.IsDialed) await with.Connection.WriteAsync(LineOf(Hello()));
            with.Greet(NodeAddress.TryParse(said.Word("address"), out var remote) ? remote : with.Remote);
            return;
        }

        // In the list first: who waits for an answer to what follows from it finds it there.
        lock (gate) heard.Add(said);
        if (AnswerTo(said) is { } answer) await with.Connection.WriteAsync(LineOf(answer));
        if (said.Type == "CHALLENGE") with.Dispose();
    }

    private JsonObject? AnswerTo(HeardLine said) => said.Type switch
    {
        "CHALLENGE" => new JsonObject { ["type"] = "CONFIRMATION", ["dialed"] = HasDialed(said) },
        "PING" => new JsonObject
        {
            ["type"] = "PONG",
            ["nodeId"] = NodeId,
            ["epoch"] = Epoch,
            ["degree"] = Neighbors.Length,
            ["neighbors"] = new JsonArray([.. Neighbors.Select(each => (JsonNode)each.ToString())]),
        },
        "CONNECT" => new JsonObject { ["type"] = "REFUSE", ["alternatives"] = new JsonArray() },
        "SUSPECT" when said.Word("address") == Address.ToString() => new JsonObject
        {
            ["type"] = "ALIVE",
            ["address"] = Address.ToString(),
            ["epoch"] = Epoch,
            ["refute"] = true,
        },
        "SUSPECT" => new JsonObject
        {
            ["type"] = "WITNESS",
            ["address"] = said.Word("address"),
            ["epoch"] = said.Number("epoch"),
            ["round"] = said.Number("round"),
            ["verdict"] = "UNKNOWN",
        },
        _ => null,
    };

    private bool HasDialed(HeardLine challenge)
    {
        lock (gate)
        {
            return open.Exists(each => each.IsDialed && !each.HasEnded
                && each.Remote.ToString() == challenge.Word("asker")
                && each.Connection.LocalPort == challenge.Number("port"));
        }
    }
}
