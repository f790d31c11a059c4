using System.Globalization;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>
/// A recording as compressed lines of JSON: one for its start, then one for each input with what the node did, one
/// for each thing that its host did to it, and one for its end. The file is made of several gzip members in a row, as
/// many tools read it.
/// </summary>
public static class RecordingFile
{
    private const int Version = 3;

    private const string Ending = ".jsonl.gz";

    /// <summary>Where the recording of one process lies in a folder of recordings.</summary>
    public static string NameOf(NodeAddress address, int startNumber) => string.Create(
        CultureInfo.InvariantCulture, $"{address.HostText}_{address.Port}.{startNumber}{Ending}");

    /// <summary>All recordings of a folder, by address and start.</summary>
    /// <param name="ownMessages">Those of <see cref="RealNetworkOptions.OwnMessages"/> at the recording.</param>
    /// <exception cref="InvalidDataException">One of them is no recording, or of another version.</exception>
    public static IReadOnlyList<Recording> OpenAll(string directory, IReadOnlyList<Type>? ownMessages = null) =>
    [
        .. Directory.GetFiles(directory, "*" + Ending).Select(path => Open(path, ownMessages))
            .OrderBy(recording => recording.Address).ThenBy(recording => recording.StartNumber),
    ];

    /// <summary>The names of all that is called like a recording in a folder.</summary>
    public static IReadOnlyList<string> NamesIn(string directory) =>
    [
        .. Directory.GetFiles(directory, "*" + Ending).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads the start; the entries are read when they are asked for.</summary>
    /// <exception cref="InvalidDataException">Not a recording, or of another version.</exception>
    public static Recording Open(string path, IReadOnlyList<Type>? ownMessages = null)
    {
        var types = ownMessages is null ? MessageTypes.OfProtocol : new MessageTypes(ownMessages);
        using var lines = new RecordingLines(path);
        var start = lines.Next() is { } text ? Parse(text, lines).Start : null;
        if (start is not { Version: Version })
            throw new InvalidDataException($"{path}: not a recording of version {Version}");
        if (Path.GetFileName(path) is var name && name != NameOf(start.Address, start.StartNumber))
            throw lines.Broken($"this is the recording {NameOf(start.Address, start.StartNumber)}");
        var disk = lines.Reading(() => start.Disk.Select(record =>
            RecordTypes.Read(record.GetProperty(WireJson.TypeField).GetString()!, record.GetRawText())).ToArray());
        return new Recording(start.Address, start.RandomSeed, start.StartNumber, disk, Entries(path, types));
    }

    internal static string StartOf(
        NodeAddress address, ulong randomSeed, int startNumber, IReadOnlyList<StableRecord> disk)
    {
        var records = disk
            .Select(record => JsonSerializer.SerializeToElement(record, record.GetType(), WireJson.Options)).ToArray();
        return Text(new FileLine(Start: new StartLine(Version, address, randomSeed, startNumber, records)));
    }

    internal static string LineOf(in Input input, IReadOnlyList<string> outputs) =>
        Text(new FileLine(Input: InputLine.Of(input), Outputs: outputs.Count == 0 ? null : outputs));

    internal static string LineOf(EventKind hostEvent, Instant at) =>
        Text(new FileLine(Host: new HostLine(hostEvent, at.Microseconds)));

    /// <summary>The last line of every recording, so that a file that was cut off is told from a whole one.</summary>
    internal static string EndOf(long entries) => Text(new FileLine(End: new EndLine(entries)));

    private static IEnumerable<RecordedEntry> Entries(string path, MessageTypes types)
    {
        using var lines = new RecordingLines(path);
        lines.Next();
        var found = 0L;
        while (lines.Next() is { } text)
        {
            var line = Parse(text, lines);
            if (line.End is { } end)
            {
                if (end.Entries != found) throw lines.Broken($"the end is of {end.Entries} entries, found {found}");
                if (lines.Next() is not null) throw lines.Broken("nothing may follow the end");
                yield break;
            }

            found++;
            yield return EntryOf(line, types, lines);
        }

        throw lines.Broken("the recording is not whole, its last line has to be the end of the process");
    }

    private static RecordedEntry EntryOf(FileLine line, MessageTypes types, RecordingLines lines) => line switch
    {
        { Input: { } input, Host: null } => new RecordedEntry(
            new Instant(input.NowMicroseconds), lines.Reading(() => input.ToInput(types)), line.Outputs ?? []),
        { Host: { } host, Outputs: null } => new RecordedEntry(
            new Instant(host.NowMicroseconds), Input: null, [], host.Event),
        _ => throw lines.Broken("allowed is an input, or what the host did"),
    };

    private static string Text(FileLine line) => JsonSerializer.Serialize(line, WireJson.Options);

    private static FileLine Parse(string text, RecordingLines lines) =>
        lines.Reading(() => JsonSerializer.Deserialize<FileLine>(text, WireJson.Options))
        ?? throw lines.Broken("found null, allowed is an object");

    private sealed record FileLine(
        StartLine? Start = null, InputLine? Input = null, IReadOnlyList<string>? Outputs = null, HostLine? Host = null,
        EndLine? End = null);

    private sealed record StartLine(
        int Version, NodeAddress Address, ulong RandomSeed, int StartNumber, JsonElement[] Disk);

    private sealed record HostLine(EventKind Event, long NowMicroseconds);

    private sealed record EndLine(long Entries);

    private sealed record InputLine(
        InputKind Kind, long NowMicroseconds, NodeAddress? From = null, int Hops = 0, JsonElement? Message = null,
        TimerKind? Timer = null, NodeAddress? About = null, long Round = 0)
    {
        public static InputLine Of(in Input input) => new(
            input.Kind, input.Now.Microseconds, OrNull(input.From), input.Hops,
            input.Message is null ? null : JsonElement.Parse(MessageCodec.Encode(input.Message, input.Hops)),
            input.Kind == InputKind.Timer ? input.Timer.Kind : null, OrNull(input.Timer.About), input.Timer.Round);

        public Input ToInput(MessageTypes types) => IsWhole ? ToWholeInput(types) : throw new InvalidDataException(
            "an input lacks its message, its timer or its neighbor");

        private bool IsWhole => Kind switch
        {
            InputKind.Message => From is not null && Message is not null,
            InputKind.Timer => Timer is not null,
            InputKind.LinkDown => From is not null,
            _ => true,
        };

        private Input ToWholeInput(MessageTypes types) => new(
            Kind, new Instant(NowMicroseconds), From ?? NodeAddress.None, Hops, ToMessage(types),
            Timer is { } timer ? new ProtocolTimer(timer, About ?? NodeAddress.None, Round) : default);

        private Message? ToMessage(MessageTypes types)
        {
            if (Message is not { } element) return null;
            var decoded = MessageCodec.Decode(Encoding.UTF8.GetBytes(element.GetRawText()), types);
            return decoded.Message
                ?? throw new InvalidDataException($"a message that cannot be read: {decoded.Refusal}");
        }

        private static NodeAddress? OrNull(NodeAddress address) => address.IsNone ? null : address;
    }
}
