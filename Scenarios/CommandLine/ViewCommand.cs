using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>view</c>: a stored run as a page, back and forth in time.</summary>
internal static class ViewCommand
{
    public const string Name = "view";

    private const string Page = "view.html";

    public static Command Create(ViewHandler view, Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument();
        var command = new Command(
            Name, "Serve a page on which a stored run is played, searched, and forked, until Ctrl-C.") { run };
        PageOnCommand page = new PageOnCommand().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            string folder = new StoredRun(terminal, library).FolderOf(parsed.GetValue(run)!);
            var request = new ViewRequest(Lasting(folder), page.Read(parsed, Page), library);
            return (int)await view(request, terminal, cancel);
        });
        return command;
    }

    /// <summary>Links are followed, so that a later run does not change the folder.</summary>
    private static string Lasting(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
}
