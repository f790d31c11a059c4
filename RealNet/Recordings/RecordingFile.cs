using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>
/// A recording as compressed lines of JSON: one for its start, one for each input, one for each output.
/// </summary>
public static class RecordingFile
{
    private const int Version = 1;

    public static void Save(Recording recording, string path)
    {
        using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var writer = new StreamWriter(file, new UTF8Encoding(false)) { NewLine = "\n" };
        var disk = recording.Disk
            .Select(record => JsonSerializer.SerializeToElement(record, record.GetType(), WireJson.Options)).ToArray();
        var start = new StartLine(Version, recording.Address, recording.RandomSeed, recording.StartNumber, disk);
        Write(writer, new FileLine(Start: start));
        foreach (var input in recording.Inputs) Write(writer, new FileLine(Input: InputLine.Of(input)));
        foreach (var output in recording.Outputs) Write(writer, new FileLine(Output: output));
    }

    /// <exception cref="InvalidDataException">Not a recording, or of another version.</exception>
    /// <param name="ownMessages">Those of <see cref="RealNetworkOptions.OwnMessages"/> at the recording.</param>
    public static Recording Load(string path, IReadOnlyList<Type>? ownMessages = null)
    {
        var types = ownMessages is null ? MessageTypes.OfProtocol : new MessageTypes(ownMessages);
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.UTF8);
        StartLine? start = null;
        var inputs = new List<Input>();
        var outputs = new List<string>();
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            var line = Read(text, path, number);
            start ??= line.Start;
            if (line.Input is { } input) inputs.Add(input.ToInput(types));
            if (line.Output is { } output) outputs.Add(output);
        }

        if (start is not { Version: Version })
            throw new InvalidDataException($"{path}: not a recording of version {Version}");
        var disk = start.Disk.Select(record =>
            RecordTypes.Read(record.GetProperty(WireJson.TypeField).GetString()!, record.GetRawText()));
        return new Recording(start.Address, start.RandomSeed, start.StartNumber, [.. disk], inputs, outputs);
    }

    private static void Write(StreamWriter writer, FileLine line) =>
        writer.WriteLine(JsonSerializer.Serialize(line, WireJson.Options));

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

    private sealed record FileLine(StartLine? Start = null, InputLine? Input = null, string? Output = null);

    private sealed record StartLine(
        int Version, NodeAddress Address, ulong RandomSeed, int StartNumber, JsonElement[] Disk);

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
