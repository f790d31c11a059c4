using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>
/// A recording as compressed lines of JSON: one for its start, then one for each input with what the node did, and one
/// for each thing that its host did to it. The file is made of several gzip members in a row, as many tools read it.
/// </summary>
public static class RecordingFile
{
    private const int Version = 2;

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

    /// <summary>Reads the start; the entries are read when they are asked for.</summary>
    /// <exception cref="InvalidDataException">Not a recording, or of another version.</exception>
    public static Recording Open(string path, IReadOnlyList<Type>? ownMessages = null)
    {
        var types = ownMessages is null ? MessageTypes.OfProtocol : new MessageTypes(ownMessages);
        var start = Lines(path).FirstOrDefault()?.Start;
        if (start is not { Version: Version })
            throw new InvalidDataException($"{path}: not a recording of version {Version}");
        var disk = start.Disk.Select(record =>
            RecordTypes.Read(record.GetProperty(WireJson.TypeField).GetString()!, record.GetRawText()));
        return new Recording(start.Address, start.RandomSeed, start.StartNumber, [.. disk], Entries(path, types));
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

    private static IEnumerable<RecordedEntry> Entries(string path, MessageTypes types)
    {
        foreach (var line in Lines(path))
        {
            if (line.Input is { } input)
                yield return new RecordedEntry(
                    new Instant(input.NowMicroseconds), input.ToInput(types), line.Outputs ?? []);
            if (line.Host is { } host)
                yield return new RecordedEntry(new Instant(host.NowMicroseconds), Input: null, [], host.Event);
        }
    }

    private static IEnumerable<FileLine> Lines(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } text; number++) yield return Read(text, path, number);
    }

    private static string Text(FileLine line) => JsonSerializer.Serialize(line, WireJson.Options);

    private static FileLine Read(string text, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<FileLine>(text, WireJson.Options)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}, line {number}: {error.Message}", error);
        }
    }

    private sealed record FileLine(
        StartLine? Start = null, InputLine? Input = null, IReadOnlyList<string>? Outputs = null, HostLine? Host = null);

    private sealed record StartLine(
        int Version, NodeAddress Address, ulong RandomSeed, int StartNumber, JsonElement[] Disk);

    private sealed record HostLine(EventKind Event, long NowMicroseconds);

    private sealed record InputLine(
        InputKind Kind, long NowMicroseconds, NodeAddress? From = null, int Hops = 0, JsonElement? Message = null,
        TimerKind? Timer = null, NodeAddress? About = null, long Round = 0)
    {
        public static InputLine Of(in Input input) => new(
            input.Kind, input.Now.Microseconds, OrNull(input.From), input.Hops,
            input.Message is null ? null : JsonElement.Parse(MessageCodec.Encode(input.Message, input.Hops)),
            input.Kind == InputKind.Timer ? input.Timer.Kind : null, OrNull(input.Timer.About), input.Timer.Round);

        public Input ToInput(MessageTypes types) => new(
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
