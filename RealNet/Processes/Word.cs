using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Processes;

internal enum WordKind : byte
{
    /// <summary>Something that the node reports.</summary>
    Event,

    /// <summary>The process has its port and waits for the order to start.</summary>
    Ready,

    /// <summary>The port is taken, or cannot be had. Number: the socket's error. Text: why.</summary>
    PortInUse,

    /// <summary>The node has handled its start.</summary>
    Started,

    /// <summary>An order that somebody waits for is done.</summary>
    Obeyed,

    /// <summary>What the transport carried since the start. Number: entries in the node's tables.</summary>
    Traffic,

    /// <summary>
    /// An internal error. Text: what and where. As: its <see cref="InternalErrorOutcome"/>, by name.
    /// </summary>
    Failed,
}

/// <summary>What a node's process tells the network: one line of JSON on its standard output.</summary>
/// <param name="At">When, in microseconds of the run.</param>
/// <param name="As">With Event: the type of the detail, by its name in <see cref="DetailTypes"/>.</param>
internal sealed record Word(
    WordKind Say, long At = 0, EventKind Kind = EventKind.Own, NodeAddress About = default, long Number = 0,
    string? As = null, JsonElement? Detail = null, string? Text = null, long[]? Counts = null,
    Dictionary<string, long>? Refused = null, SentKind[]? Sent = null)
{
    public static Word Of(Instant at, in ProtocolEvent e)
    {
        var detail = e.Detail;
        return new Word(
            WordKind.Event, at.Microseconds, e.Kind, e.About, e.Number,
            detail is null ? null : DetailTypes.NameOf(detail.GetType()),
            detail is null ? null : JsonSerializer.SerializeToElement(detail, detail.GetType(), WireJson.Options));
    }

    public static Word Of(TrafficCounters traffic, IReadOnlyList<SentKind> sent, int tableEntries) => new(
        WordKind.Traffic, Number: tableEntries,
        Counts:
        [
            traffic.FramesSent, traffic.FramesReceived, traffic.BytesSent, traffic.BytesReceived,
            traffic.MessagesDropped, traffic.ConnectionsOpened, traffic.Throttled, traffic.LinksBroken,
            traffic.InternalErrors,
        ],
        Refused: traffic.Refused.ToDictionary(), Sent: [.. sent]);

    public static Word Of(InternalError error) =>
        new(WordKind.Failed, As: error.Outcome.ToString(), Text: error.Error.Message);

    /// <summary>With Failed.</summary>
    public InternalError ToInternalError(NodeAddress node) =>
        new(node, new InvalidOperationException(Text), Enum.Parse<InternalErrorOutcome>(As!));

    public ProtocolEvent ToEvent() => new(
        Kind, About, Number, As is null ? null : Detail!.Value.Deserialize(DetailTypes.Find(As), WireJson.Options));

    public TrafficCounters ToTraffic() => new(
        Counts![0], Counts[1], Counts[2], Counts[3], Counts[4], Counts[5], Refused!)
    {
        Throttled = Counts[6],
        LinksBroken = Counts[7],
        InternalErrors = Counts[8],
    };

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options), (byte)'\n'];

    /// <exception cref="JsonException">The line is no word.</exception>
    public static Word Read(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize<Word>(line, WireJson.Options)
        ?? throw new JsonException($"'{Encoding.UTF8.GetString(line)}' is no word");
}

/// <summary>The types that details of events have, by the names that lines give them.</summary>
internal static class DetailTypes
{
    private static readonly Dictionary<string, Type> types = new[]
    {
        typeof(Gossip), typeof(GossipRefusal), typeof(GossipKey), typeof(Ballot), typeof(DeadNode), typeof(Witness),
        typeof(RegisterAck), typeof(RegisterNack), typeof(NodeAddress[]), typeof(NodeId), typeof(bool), typeof(string),
        typeof(FaultStrike), typeof(Silence), typeof(HeardReport),
    }.ToDictionary(type => type.Name);

    public static string NameOf(Type type) => types.ContainsKey(type.Name)
        ? type.Name
        : throw new InvalidOperationException($"no process tells another of a {type.Name}");

    public static Type Find(string name) =>
        types.TryGetValue(name, out var type) ? type : throw new JsonException($"no detail is a {name}");
}
