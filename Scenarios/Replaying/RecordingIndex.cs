using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>What the recordings of a TCP run have in common, as <c>recordings/index.json</c>.</summary>
/// <param name="Zero">The date and time of the run's instant zero; texts of messages are made from it.</param>
/// <param name="ScenarioStartMicroseconds">Scenario time 0; null when the network never formed.</param>
/// <param name="Files">The names of the recordings, one for each process that was started.</param>
internal sealed record RecordingIndex(
    DateTimeOffset Zero, long? ScenarioStartMicroseconds, IReadOnlyList<string>? Files = null)
{
    public const string Folder = "recordings";

    private const string Name = "index.json";

    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Instant? ScenarioStart => ScenarioStartMicroseconds is { } start ? new Instant(start) : null;

    /// <summary>Beside the recordings of all processes, which are complete.</summary>
    public void Write(string directory)
    {
        var whole = this with { Files = RecordingFile.NamesIn(directory) };
        File.WriteAllText(Path.Combine(directory, Name), JsonSerializer.Serialize(whole, options) + "\n");
    }

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static RecordingIndex Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return JsonSerializer.Deserialize<RecordingIndex>(File.ReadAllText(path), options)
                ?? throw new InvalidDataException($"{path}: found null, allowed is an object");
        }
        catch (Exception wrong) when (wrong is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <exception cref="InvalidDataException">The recordings in the folder are not those of the run.</exception>
    public void RequireAll(string directory)
    {
        var known = Files ?? throw new InvalidDataException(
            $"{Path.Combine(directory, Name)}: it has no \"files\", allowed are the names of all recordings");
        var found = RecordingFile.NamesIn(directory);
        if (known.Except(found).FirstOrDefault() is { } lost)
            throw new InvalidDataException($"{Path.Combine(directory, lost)} is missing, {Name} names it");
        if (found.Except(known).FirstOrDefault() is { } foreign)
        {
            throw new InvalidDataException(
                $"{Path.Combine(directory, foreign)} is no recording of this run, {Name} does not name it");
        }
    }
}
