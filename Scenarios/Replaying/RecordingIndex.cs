using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Replaying;

/// <summary>What the recordings of a TCP run have in common, as <c>recordings/index.json</c>.</summary>
/// <param name="Zero">The date and time of the run's instant zero; texts of messages are made from it.</param>
/// <param name="ScenarioStartMicroseconds">Scenario time 0; null when the network never formed.</param>
internal sealed record RecordingIndex(DateTimeOffset Zero, long? ScenarioStartMicroseconds)
{
    public const string Folder = "recordings";

    private const string Name = "index.json";

    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Instant? ScenarioStart => ScenarioStartMicroseconds is { } start ? new Instant(start) : null;

    public void Write(string directory) =>
        File.WriteAllText(Path.Combine(directory, Name), JsonSerializer.Serialize(this, options) + "\n");

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static RecordingIndex Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return JsonSerializer.Deserialize<RecordingIndex>(File.ReadAllText(path), options)!;
        }
        catch (Exception wrong) when (wrong is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }
}
