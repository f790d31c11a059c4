using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Replaying;

/// <summary>What a run's folder says about the run: which program made it, and how it ended.</summary>
internal sealed record RunOrigin(string? Version, string? Commit, string? Fingerprint, int ExitCode)
{
    /// <exception cref="UsageException">The folder is that of no complete run.</exception>
    public static RunOrigin Read(string folder)
    {
        var card = Json(folder, "run.json");
        var summary = Json(folder, "summary.json");
        return new RunOrigin(
            TextOf(card, "version"), TextOf(card, "commit"), TextOf(summary, "fingerprint"),
            summary.TryGetProperty("exitCode", out var code) && code.TryGetInt32(out var number) ? number : 0);
    }

    /// <summary>Why a difference need not be a bug; null when the same program runs now.</summary>
    public string? OtherProgram()
    {
        var here = SourceCommit.Find(AppContext.BaseDirectory);
        if (Version == SourceCommit.Version && Commit == here) return null;
        return $"Note: the run is from version {Version ?? "unknown"}, commit {Commit ?? "unknown"}; this is version "
            + $"{SourceCommit.Version}, commit {here ?? "unknown"}. Another program may do other things.";
    }

    private static JsonElement Json(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new UsageException($"{path}: not what a run writes");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{path} cannot be read: {wrong.Message}");
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
