using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// Reads the lines of an event log into values. Names are told apart by their bytes and nothing is made for a line but
/// what a vote or a fault says, so that a million lines take about a second.
/// </summary>
internal sealed class StoredLineReader
{
    /// <summary>The detail of a seed node that starts with an empty disk.</summary>
    public const int Learns = 1;

    /// <summary>The number of a delivery that no flood took.</summary>
    public const int Recovered = -1;

    private const int None = -1;

    public Utf8Names Nodes { get; } = new();

    public Utf8Names Messages { get; } = new();

    public Utf8Names Proposals { get; } = new();

    public List<StoredBallot> Ballots { get; } = [];

    public List<StoredStrike> Strikes { get; } = [];

    /// <exception cref="FormatException">A value is not what it should be.</exception>
    /// <exception cref="JsonException">It is not a whole JSON object.</exception>
    public StoredEvent Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        long time = -1, seq = -1, number = 0;
        int node = None, about = None, detail = None;
        var kind = byte.MaxValue;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            if (name.SequenceEqual("seq"u8)) seq = Number(ref json);
            else if (name.SequenceEqual("time"u8)) time = Microseconds(ref json);
            else if (name.SequenceEqual("node"u8)) node = Nodes.PlaceOf(Text(ref json));
            else if (name.SequenceEqual("kind"u8)) kind = Kind(ref json);
            else if (name.SequenceEqual("about"u8)) about = Nodes.PlaceOf(Text(ref json));
            else if (name.SequenceEqual("number"u8)) number = Number(ref json);
            else if (name.SequenceEqual("detail"u8)) detail = Detail(ref json, kind, ref number);
            else Skip(ref json);
        }

        if (json.TokenType != JsonTokenType.EndObject || json.Read()) throw new JsonException();
        if (kind == byte.MaxValue || seq is < 1 or > uint.MaxValue || time < 0)
            throw new FormatException("an event has seq, time and kind");
        return new StoredEvent(
            time, (uint)seq, node, about, (int)Math.Clamp(number, int.MinValue, int.MaxValue), detail, kind);
    }

    private int Detail(ref Utf8JsonReader json, byte kind, ref long number)
    {
        switch ((EventKind)kind)
        {
            case EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipDuplicate
                or EventKind.GossipRefused:
                return Message(ref json, ref number);
            case >= EventKind.ProposalOpened and <= EventKind.EntryRecalled:
                Ballots.Add(Ballot(ref json));
                return Ballots.Count - 1;
            case EventKind.FaultStruck or EventKind.FaultEnded:
                Strikes.Add(Strike(ref json));
                return Strikes.Count - 1;
            case EventKind.SeedNodeStarted:
                return Learning(ref json);
            case (EventKind)byte.MaxValue:
                throw new FormatException("the kind of an event stands before its detail");
            default:
                Skip(ref json);
                return None;
        }
    }

    private int Message(ref Utf8JsonReader json, ref long number)
    {
        var message = None;
        Open(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) message = Messages.PlaceOf(Text(ref json));
            else if (json.ValueTextEquals("recovered"u8)) number = Flag(ref json) ? Recovered : number;
            else Skip(ref json);
        }

        return message;
    }

    private static int Learning(ref Utf8JsonReader json)
    {
        var learns = None;
        Open(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("learning"u8)) learns = Flag(ref json) ? Learns : None;
            else Skip(ref json);
        }

        return learns;
    }

    private StoredBallot Ballot(ref Utf8JsonReader json)
    {
        var ballot = new StoredBallot(None, Epoch: 0, Removes: false, 0, None, Yes: false);
        Open(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            if (name.SequenceEqual("proposal"u8)) ballot = ballot with { Proposal = Proposals.PlaceOf(Text(ref json)) };
            else if (name.SequenceEqual("op"u8))
                ballot = ballot with { Removes = Text(ref json).SequenceEqual("remove"u8) };
            else if (name.SequenceEqual("epoch"u8)) ballot = ballot with { Epoch = (int)Number(ref json) };
            else if (name.SequenceEqual("quorum"u8)) ballot = ballot with { Quorum = (int)Number(ref json) };
            else if (name.SequenceEqual("voter"u8)) ballot = ballot with { Voter = Nodes.PlaceOf(Text(ref json)) };
            else if (name.SequenceEqual("yes"u8)) ballot = ballot with { Yes = Flag(ref json) };
            else Skip(ref json);
        }

        return ballot.Proposal == None ? throw new FormatException("a vote names its proposal") : ballot;
    }

    private StoredStrike Strike(ref Utf8JsonReader json)
    {
        var strike = new StoredStrike("", "", [], OneWay: false);
        Open(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8)) strike = strike with { Word = Word(ref json) };
            else if (json.ValueTextEquals("fault"u8)) strike = strike with { FaultId = Word(ref json) };
            else if (json.ValueTextEquals("oneWay"u8)) strike = strike with { OneWay = Flag(ref json) };
            else if (json.ValueTextEquals("groups"u8)) strike = strike with { Groups = Groups(ref json) };
            else Skip(ref json);
        }

        return strike;
    }

    private int[][] Groups(ref Utf8JsonReader json)
    {
        List<int[]> groups = [];
        Open(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            List<int> group = [];
            while (json.Read() && json.TokenType == JsonTokenType.String) group.Add(Nodes.PlaceOf(Value(ref json)));
            groups.Add([.. group]);
        }

        return [.. groups];
    }

    private static void Open(ref Utf8JsonReader json, JsonTokenType expected)
    {
        json.Read();
        if (json.TokenType != expected) throw new FormatException("a detail is not what its kind asks for");
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

    private static string Word(ref Utf8JsonReader json) => Encoding.UTF8.GetString(Text(ref json));

    private static ReadOnlySpan<byte> Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String
            ? Value(ref json)
            : throw new FormatException("not a text where one is expected");
    }

    private static ReadOnlySpan<byte> Value(ref Utf8JsonReader json)
    {
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
