using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GossipSim.Scenarios.Results;

/// <summary>What <c>run.json</c> says: which program, on which machine, by which command.</summary>
internal sealed record RunCard(
    string Program, string Version, string? Commit, string Command, DateTimeOffset StartedAt, RunMachine Machine)
{
    private const string FileName = "run.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static RunCard Of(string command, DateTimeOffset startedAt) => new(
        "gossipsim", SourceCommit.Version, SourceCommit.Find(AppContext.BaseDirectory), command, startedAt,
        RunMachine.Here());

    /// <summary>When the run in a folder started; null when it has not begun or is no run.</summary>
    public static DateTimeOffset? StartIn(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path)) return null;
            using var card = JsonDocument.Parse(File.ReadAllText(path));
            return card.RootElement.ValueKind == JsonValueKind.Object
                && card.RootElement.TryGetProperty("startedAt", out var start)
                && start.ValueKind == JsonValueKind.String && start.TryGetDateTimeOffset(out var time) ? time : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>The machine, as far as figures depend on it. No names of hosts or users: results get shared.</summary>
internal sealed record RunMachine(
    string OperatingSystem, string Architecture, string Runtime, int Processors, long MemoryBytes)
{
    public static RunMachine Here() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription, Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
