using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GossipSim.Scenarios.Results;

/// <summary>What <c>run.json</c> says: which program, on which machine, by which command.</summary>
internal sealed record RunCard(
    string Program, string Version, string? Commit, string Command, DateTimeOffset StartedAt, RunMachine Machine)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static RunCard Of(string command, DateTimeOffset startedAt) => new(
        "gossipsim", SourceCommit.Version, SourceCommit.Find(AppContext.BaseDirectory), command, startedAt,
        RunMachine.Here());

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
