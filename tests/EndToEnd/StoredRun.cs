using System.Diagnostics;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>The folder of a small simulated run whose hub crashes at 6 s.</summary>
internal sealed class StoredRun : IDisposable
{
    private readonly string results = Directory.CreateTempSubdirectory("gossipsim-run-").FullName;

    private StoredRun()
    {
    }

    public string Folder => Directory.GetDirectories(results).Single(path => Path.GetFileName(path) != "latest");

    public string this[string file] => Path.Combine(Folder, file);

    public static async Task<StoredRun> MakeAsync(int peers, int publishers = 8)
    {
        var run = new StoredRun();
        var start = new ProcessStartInfo(
            ProgramLaunch.FileName,
            ProgramLaunch.Arguments(
                "crash-hub.json", "--runtime", "sim", "--set", $"peers.count={peers}", "--set",
                $"gossip.publishers.count={publishers}", "--output", run.results, "--json"))
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await Patience.UntilEndedAsync(process.WaitForExitAsync(), "the run has ended", () => $"{peers} peers");
        Assert.That(process.ExitCode, Is.Zero, await output);
        return run;
    }

    public void Dispose() => Directory.Delete(results, recursive: true);
}
