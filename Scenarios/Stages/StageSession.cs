using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.JUnit;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Stages;

/// <summary><c>test</c>: starts a network of this machine, looks at it in six stages, and says what it saw.</summary>
internal static class StageSession
{
    public static async Task<ExitCode> RunAsync(StageRequest request, Terminal terminal, CancellationToken cancel)
    {
        LocalNetwork.RequireFreePorts(request.Network);
        var zero = DateTimeOffset.Now;
        var setup = StageSetup.Of(request.Network, zero);
        var folder = CreateFolder(request.Network, zero);
        var command = ShellWords.OfCheckout(request.Network.Arguments);
        File.WriteAllText(folder["run.json"], RunCard.Of(command, zero).ToJson() + "\n");
        var isScreen = terminal.IsColored && !request.Json;
        var lines = new StageLines(isScreen ? terminal.Screen : terminal.MessagesOf(request.Json), isScreen);
        await using var network = new NetworkUnderTest(
            setup, folder.FullPath,
            trace => LocalHosting.Create(request.Network, setup.Settings, zero, folder["disks"], trace));
        await using var stand = new TestStand(setup, network);
        stand.Listen();
        folder.Begin();
        var outcome = await SixStages.RunAsync(stand, lines, cancel);
        File.WriteAllText(folder["stages.json"], JsonSerializer.Serialize(outcome, ScenarioJson.Options) + "\n");
        lines.Conclude(outcome);
        terminal.Note(folder.LatestProblem);
        if (request.Json) JsonOption.WriteLine(terminal, outcome);
        if (request.JUnitFile is { } file) JUnitFile.Write(file, TestCommand.Name, JUnitOutcomes.Of(outcome));
        return outcome.AllPassed ? ExitCode.Held : ExitCode.Failed;
    }

    private static RunFolder CreateFolder(LocalNetworkRequest request, DateTimeOffset zero)
    {
        try
        {
            return RunFolder.Create(request.ResultsDirectory, zero, TestCommand.Name, request.Scenario.RandomSeed);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write to \"{request.ResultsDirectory}\": {wrong.Message}");
        }
    }
}
