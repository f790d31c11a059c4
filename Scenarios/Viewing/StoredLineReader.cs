using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// Reads the lines of an event log into values. Names are told apart by their bytes and nothing is made for a line but
/// what a vote or a fault tells, so that a million lines take about a second.
/// </summary>
internal sealed class StoredLineReader
{
    /// <summary>The number of a delivery that no flood took.</summary>
    public const int Recovered = -1;

    private const int None = -1;

    private const string NotAsAsked = "a detail is not what its kind asks for";

    private const string NoProposal = "a vote names its proposal";

    private readonly List<NodeAddress> addresses = [];
    private readonly List<object> details = [];

    public Utf8Names Nodes { get; } = new();

    public Utf8Names Messages { get; } = new();

    /// <summary>The number that events have for a node.</summary>
    public int PlaceOf(ReadOnlySpan<byte> address)
    {
        var place = Nodes.PlaceOf(address);
        if (place < addresses.Count) return place;
        if (!NodeAddress.TryParse(address, out var known))
            throw new FormatException($"'{Nodes[place]}' is no address of a node");
        addresses.Add(known);
        return place;
    }

    public NodeAddress AddressOf(int place) => place < 0 ? NodeAddress.None : addresses[place];

    /// <exception cref="FormatException">A value is not what it should be.</exception>
    /// <exception cref="JsonException">It is not a whole JSON object.</exception>
    public StoredEvent Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        long time = -1, seq = -1, number = 0;
        int node = None, about = None, detail = None;
        var kind = byte.MaxValue;
        var hasDetail = false;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            if (name.SequenceEqual("seq"u8)) seq = Number(ref json);
            else if (name.SequenceEqual("time"u8)) time = Microseconds(ref json);
            else if (name.SequenceEqual("node"u8)) node = PlaceOf(Text(ref json));
            else if (name.SequenceEqual("kind"u8)) kind = Kind(ref json);
            else if (name.SequenceEqual("about"u8)) about = PlaceOf(Text(ref json));
            else if (name.SequenceEqual("number"u8)) number = Number(ref json);
            else if (name.SequenceEqual("detail"u8))
                (detail, hasDetail) = (Detail(ref json, kind, AddressOf(about), ref number), true);
            else Skip(ref json);
        }

        if (json.TokenType != JsonTokenType.EndObject || json.Read()) throw new JsonException();
        if (kind == byte.MaxValue || seq is < 1 or > uint.MaxValue || time < 0)
            throw new FormatException("an event has seq, time and kind");
        // Of all others pages draw what they tell, and no more.
        if (!hasDetail && (EventKind)kind is (EventKind.FaultStruck or EventKind.FaultEnded))
            EventDetailReader.RequireNone((EventKind)kind);
        return new StoredEvent(
            time, (uint)seq, node, about, (int)Math.Clamp(number, int.MinValue, int.MaxValue), detail, kind);
    }

    /// <summary>What a vote, a fault or a starting seed node tells beside its numbers; null for all others.</summary>
    public object? DetailOf(in StoredEvent e) =>
        e.Detail < 0 || NamesMessage((EventKind)e.Kind) ? null : details[e.Detail];

    private static bool NamesMessage(EventKind kind) => kind is EventKind.GossipPublished or EventKind.GossipDelivered
        or EventKind.GossipDuplicate or EventKind.GossipRefused;

    private int Detail(ref Utf8JsonReader json, byte kind, NodeAddress about, ref long number)
    {
        if (kind == byte.MaxValue) throw new FormatException("the kind of an event stands before its detail");
        if (NamesMessage((EventKind)kind)) return Message(ref json, ref number);
        switch ((EventKind)kind)
        {
            case >= EventKind.ProposalOpened and <= EventKind.EntryRecalled:
                return Keep(BallotOn(about, ref json));
            case EventKind.FaultStruck or EventKind.FaultEnded or EventKind.SeedNodeStarted:
                return Keep(Rare(ref json, (EventKind)kind));
            default:
                Skip(ref json);
                return None;
        }
    }

    private int Keep(object detail)
    {
        details.Add(detail);
        return details.Count - 1;
    }

    /// <summary>
    /// What pages draw of a vote. There can be a hundred thousand of them, too many for
    /// <see cref="EventDetailReader"/>.
    /// </summary>
    private Ballot BallotOn(NodeAddress about, ref Utf8JsonReader json)
    {
        var (proposal, quorum, voter, yes) = (default(ProposalId), 0, NodeAddress.None, false);
        var (epoch, state) = (0, MemberState.Alive);
        Open(ref json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            if (name.SequenceEqual("proposal"u8)) proposal = Proposal(Text(ref json));
            else if (name.SequenceEqual("op"u8))
                state = Text(ref json).SequenceEqual("remove"u8) ? MemberState.Removed : MemberState.Alive;
            else if (name.SequenceEqual("epoch"u8)) epoch = (int)Number(ref json);
            else if (name.SequenceEqual("quorum"u8)) quorum = (int)Number(ref json);
            else if (name.SequenceEqual("voter"u8)) voter = AddressOf(PlaceOf(Text(ref json)));
            else if (name.SequenceEqual("yes"u8)) yes = Flag(ref json);
            else Skip(ref json);
        }

        if (proposal == default) throw new FormatException(NoProposal);
        return new Ballot(
            proposal, new MembershipEntry(about, epoch, state, default, JoinStamp: 0), quorum, [], voter, yes);
    }

    private static ProposalId Proposal(ReadOnlySpan<byte> text)
    {
        var end = Math.Max(0, text.LastIndexOf((byte)'#'));
        return NodeAddress.TryParse(text[..end], out var coordinator)
            && Utf8Parser.TryParse(text[(end + 1)..], out long counter, out _)
                ? new ProposalId(coordinator, counter)
                : throw new FormatException(NoProposal);
    }

    private static object Rare(ref Utf8JsonReader json, EventKind kind)
    {
        using var told = JsonDocument.ParseValue(ref json);
        try
        {
            return EventDetailReader.Read(kind, NodeAddress.None, 0, told.RootElement)!;
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(NotAsAsked, wrong);
        }
    }

    private int Message(ref Utf8JsonReader json, ref long number)
    {
        var message = None;
        Open(ref json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) message = Messages.PlaceOf(Text(ref json));
            else if (json.ValueTextEquals("recovered"u8)) number = Flag(ref json) ? Recovered : number;
            else Skip(ref json);
        }

        return message;
    }

    private static void Open(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException(NotAsAsked);
    }

    private static byte Kind(ref Utf8JsonReader json)
    {
        var word = Text(ref json);
        return StoredKinds.TryFind(word, out var kind)
            ? kind
            : throw new FormatException($"no event is called '{Encoding.UTF8.GetString(word)}'");
    }

    private static long Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number)
            ? number
            : throw new FormatException("not a whole number where one is expected");
    }

    /// <summary>Seconds with six digits, as whole microseconds: by their digits, which no rounding touches.</summary>
    private static long Microseconds(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && Utf8Parser.TryParse(json.ValueSpan, out long whole, out var used))
        {
            var digits = json.ValueSpan[used..];
            if (digits.IsEmpty) return whole * 1_000_000;
            if (digits.Length == 7 && digits[0] == '.' && Utf8Parser.TryParse(digits[1..], out int part, out used)
                && used == 6)
                return (whole * 1_000_000) + part;
        }

        throw new FormatException("a time is in seconds with six digits");
    }

    private static bool Flag(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.GetBoolean()
            : throw new FormatException("neither true nor false where one is expected");
    }

    private static ReadOnlySpan<byte> Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String) throw new FormatException("not a text where one is expected");
        if (!json.ValueIsEscaped) return json.ValueSpan;
        var text = new byte[json.ValueSpan.Length];
        return text.AsSpan(0, json.CopyString(text));
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
