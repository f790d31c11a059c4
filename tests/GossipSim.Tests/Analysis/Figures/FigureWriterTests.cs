using System.Globalization;
using System.Xml.Linq;
using GossipSim.Analysis;
using NUnit.Framework;
using ScottPlot;
using SkiaSharp;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class FigureWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Every_figure_is_well_formed_and_names_itself(string name)
    {
        GossipSim.Analysis.Figure figure = Samples.Figure(name);

        XElement root = Parse(figure);

        Assert.That(root.Name, Is.EqualTo(Svg + "svg"));
        Assert.That(root.Element(Svg + "title")!.Value, Is.EqualTo(figure.Title));
        Assert.That(root.Element(Svg + "desc")!.Value, Does.StartWith(figure.Subtitle));
        Assert.That(root.Attribute("viewBox")!.Value, Is.EqualTo($"0 0 {Get(root, "width")} {Get(root, "height")}"));
        Assert.That(Texts(root), Does.Contain(figure.Title.Split(' ')[0]), "the title is drawn");
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Equal_figures_are_equal_bytes_in_every_culture(string name)
    {
        string here = FigureWriter.Svg(Samples.Figure(name));
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.That(FigureWriter.Svg(Samples.Figure(name)), Is.EqualTo(here));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void All_text_lies_within_the_picture(
        [ValueSource(typeof(Samples), nameof(Samples.Names))] string name,
        [ValueSource(typeof(Samples), nameof(Samples.Dresses))] FigureDress dress)
    {
        XElement root = Parse(Samples.Figure(name), dress);

        foreach (DrawnText text in DrawnTexts(root))
        {
            Assert.That(text.Left, Is.GreaterThanOrEqualTo(0), text.Value);
            Assert.That(text.Right, Is.LessThanOrEqualTo(Get(root, "width")), text.Value);
            Assert.That(text.Top, Is.GreaterThanOrEqualTo(0), text.Value);
            Assert.That(text.Bottom, Is.LessThanOrEqualTo(Get(root, "height")), text.Value);
        }
    }

    [Test]
    public void Texts_do_not_overlap(
        [ValueSource(typeof(Samples), nameof(Samples.Names))] string name,
        [ValueSource(typeof(Samples), nameof(Samples.Dresses))] FigureDress dress)
    {
        DrawnText[] texts = [.. DrawnTexts(Parse(Samples.Figure(name), dress))];

        for (int i = 0; i < texts.Length; i++)
            for (int j = i + 1; j < texts.Length; j++)
                Assert.That(texts[i].Overlaps(texts[j]), Is.False, $"'{texts[i].Value}' and '{texts[j].Value}'");
    }

    /// <summary>Names of rows stand above their bars on a phone, and a data area cuts what leaves it.</summary>
    [TestCase("stages")]
    [TestCase("many stages")]
    [TestCase("latency by hop")]
    public void On_a_phone_no_bar_covers_the_name_of_a_row_and_no_name_is_cut(string name)
    {
        GossipSim.Analysis.Figure figure = Samples.Figure(name);
        XElement root = Parse(figure, FigureDress.InNarrowPage);
        DrawnText[] names = [.. DrawnTexts(root).Where(text => figure.Panel.Y.Rows!.Contains(text.Value))];
        DrawnText[] bars =
        [
            .. root.Descendants(Svg + "rect").Where(rect => rect.Attribute("fill-opacity") is not null)
                .Select(rect => new DrawnText(
                    "bar", Get(rect, "x"), Get(rect, "x") + Get(rect, "width"), Get(rect, "y"),
                    Get(rect, "y") + Get(rect, "height"))),
        ];

        Assert.That(names, Has.Length.EqualTo(figure.Panel.Y.Rows!.Count));
        Assert.That(bars, Is.Not.Empty);
        foreach (DrawnText row in names)
        {
            Assert.That(bars.Where(row.Overlaps), Is.Empty, row.Value);
            Assert.That(row.Right, Is.LessThan(Get(root, "width") - 20), row.Value);
        }
    }

    [Test]
    public void Figures_on_one_page_share_no_id_and_refer_to_their_own()
    {
        string[] names = ["degrees", "latency", "coverage", "detection", "stages", "drawing", "map"];

        XElement[] drawings =
        [
            .. names.Select(name => Parse(Samples.Figure(name))),
            .. names.Select(name => Parse(Samples.Figure(name), FigureDress.InNarrowPage)),
            .. names.Select(name => Parse(Samples.Figure(name), FigureDress.InPage, FigureTheme.Dark)),
        ];

        Assert.That(drawings.SelectMany(Ids), Is.Unique);
        foreach (XElement drawing in drawings)
        {
            IEnumerable<string> references = drawing.Descendants().Attributes()
                .Where(attribute => attribute.Value.Contains("url(#", StringComparison.Ordinal))
                .Select(attribute => attribute.Value.Split('#', ')')[1]);
            Assert.That(references, Is.SubsetOf(Ids(drawing)));
        }
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void A_drawing_refers_to_nothing_outside(string name)
    {
        IEnumerable<string> references = Parse(Samples.Figure(name)).DescendantsAndSelf().Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName is "href" or "src")
            .Select(attribute => attribute.Value);

        Assert.That(
            references, Has.All.Matches<string?>(reference => reference![0] == '#' || reference.StartsWith("data:")));
    }

    [Test]
    public void A_logarithmic_axis_has_raised_powers_of_ten_and_minor_ticks()
    {
        GossipSim.Analysis.Figure figure = Samples.Figure("degrees");

        Assert.That(
            Parse(figure).Descendants(Svg + "text").Select(text => text.Value),
            Is.SupersetOf(new[] { "10\u207b\u00b3", "10\u207b\u00b2", "10\u207b\u00b9", "10\u2070" }));
        var plot = new PanelPlot(figure.Panel, FigureTheme.Light, new PixelSize(600, 360), 1, namesInside: false).Plot;
        plot.RenderInMemory(700, 400);
        Tick[] ticks = plot.Axes.Left.TickGenerator.Ticks;
        Assert.That(
            ticks.Count(tick => !tick.IsMajor && tick.Position > -2.999 && tick.Position < -2.001), Is.EqualTo(8));
    }

    [TestCase(-4, "10\u207b\u2074")]
    [TestCase(12, "10\u00b9\u00b2")]
    public void A_power_of_ten_is_written_with_a_raised_exponent(int exponent, string text) =>
        Assert.That(PanelPlot.PowerOfTen(exponent), Is.EqualTo(text));

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Every_labelled_series_has_its_legend_entry(string name)
    {
        GossipSim.Analysis.Figure figure = Samples.Figure(name);

        string texts = Texts(Parse(figure));

        foreach (string label in figure.Panel.Series.Select(series => series.Label).OfType<string>())
            Assert.That(texts, Does.Contain(label.Split(' ')[0]));
    }

    [Test]
    public void A_figure_for_a_phone_is_narrow()
    {
        XElement root = Parse(Samples.Figure("latency"), FigureDress.InNarrowPage);

        Assert.That(Get(root, "width"), Is.LessThanOrEqualTo(328));
        Assert.That(Ids(root), Is.All.StartsWith("propagation-latency-narrow-"));
    }

    [Test]
    public void A_whole_figure_has_the_source_line_and_not_the_caption()
    {
        GossipSim.Analysis.Figure figure = Samples.Figure("latency") with { Source = "crash-hub, simulator, seed 42" };

        string texts = Texts(Parse(figure));

        Assert.That(texts, Does.Contain(figure.Source));
        Assert.That(texts, Does.Not.Contain(figure.Caption[..20]));
    }

    [Test]
    public void The_dark_theme_draws_on_dark_paper_with_light_text()
    {
        using SKBitmap picture = SKBitmap.Decode(FigureWriter.Png(Samples.Figure("latency"), FigureTheme.Dark));

        picture.GetPixel(5, 5).ToHsl(out _, out _, out float paper);
        Assert.That(paper, Is.LessThan(20));
        Assert.That(InkOfTitle(picture, isInk: lightness => lightness > 70), Is.GreaterThan(2000));
    }

    [Test]
    public void A_page_can_show_every_color_of_a_drawing_in_the_dark(
        [ValueSource(typeof(Samples), nameof(Samples.Names))] string name)
    {
        XElement root = Parse(Samples.Figure(name), FigureDress.InPage);
        if (root.Descendants(Svg + "image").Any()) return;
        string rules = FigureTheme.DarkRules("svg");

        foreach (XAttribute color in root.Descendants().Attributes().Where(
            attribute => attribute.Name.LocalName is "fill" or "stroke" && attribute.Value != "none"))
            Assert.That(rules, Does.Contain($"svg [{color.Name}=\"{color.Value}\"] {{ {color.Name}: #"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Text_in_a_heat_field_is_readable_on_every_color_of_the_scale(bool isDark)
    {
        FigureTheme theme = isDark ? FigureTheme.Dark : FigureTheme.Light;

        for (int percent = 0; percent <= 100; percent++)
        {
            Color fill = theme.Shade(PaletteColor.Blue, percent / 100.0);
            Assert.That(FigureTheme.Contrast(fill, theme.TextOn(fill)), Is.GreaterThan(3.5), $"{percent} %");
        }
    }

    [Test]
    public void Dark_rules_name_the_colors_of_the_dark_theme()
    {
        string[] rules = FigureTheme.DarkRules("svg").Split('\n');

        Assert.That(rules, Does.Contain("svg [fill=\"white\"] { fill: #1C2024 }"));
        Assert.That(rules, Does.Contain("svg [stroke=\"#0072B2\"] { stroke: #3F9FDC }"));
        Assert.That(rules, Is.Unique);
    }

    /// <summary>Every font name gives the font that the program carries; the system's fonts are not used.</summary>
    [Test]
    public void A_png_has_text_on_a_machine_without_fonts()
    {
        using SKBitmap picture = SKBitmap.Decode(FigureWriter.Png(Samples.Figure("latency")));

        Assert.That(InkOfTitle(picture, isInk: lightness => lightness < 40), Is.GreaterThan(2000));
        Assert.That(
            new[] { "DejaVu Sans", "no such font", Fonts.Default }.Select(
                font => Fonts.GetTypeface(font, bold: false, italic: false).FamilyName),
            Has.All.StartsWith("Inter"));
        Assert.That(picture.Width, Is.EqualTo(FigureWriter.PngScale * 960));
    }

    [Test]
    public void A_mark_on_the_edge_of_the_data_area_is_drawn_whole()
    {
        GossipSim.Analysis.Figure figure = Samples.Figure("hops") with
        {
            Panel = new Panel
            {
                X = new Axis("x") { Minimum = 0, Maximum = 1 },
                Y = new Axis("y") { Minimum = 0, Maximum = 1 },
                Series = [new PointSeries(null, new SeriesStyle(PaletteColor.Blue), [new PlotPoint(1, 1)])],
            },
        };

        XElement mark = Parse(figure).Descendants(Svg + "ellipse").First();

        Assert.That(mark.Ancestors().Attributes("clip-path"), Is.Empty);
    }

    private static int InkOfTitle(SKBitmap picture, Func<float, bool> isInk)
    {
        int ink = 0;
        for (int x = 40; x < 1200; x++)
        {
            for (int y = 44; y < 100; y++)
            {
                picture.GetPixel(x, y).ToHsl(out _, out _, out float lightness);
                if (isInk(lightness)) ink++;
            }
        }
        return ink;
    }

    private static XElement Parse(
        GossipSim.Analysis.Figure figure, FigureDress dress = FigureDress.Whole, FigureTheme? theme = null) =>
        XDocument.Parse(FigureWriter.Svg(figure, dress, theme)).Root!;

    private static IEnumerable<string> Ids(XElement root) =>
        root.DescendantsAndSelf().Attributes("id").Select(id => id.Value);

    private static string Texts(XElement root) =>
        string.Join(' ', root.Descendants(Svg + "text").Select(text => text.Value.Replace('\u00a0', ' ')));

    private static double Get(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static IEnumerable<DrawnText> DrawnTexts(XElement root) => root.Descendants(Svg + "text").Select(text =>
    {
        double x = Get(text, "x"), y = Get(text, "y"), size = Get(text, "font-size");
        double width = text.Attribute("textLength") is null
            ? TextBlock.Width(text.Value, (float)size)
            : Get(text, "textLength");
        double[] matrix = text.Attribute("transform")?.Value is not { } transform
            ? [1, 0, 0, 1, 0, 0]
            : Numbers(transform) is { Length: 6 } six ? six : [1, 0, 0, 1, .. Numbers(transform)];
        (double X, double Y)[] corners =
        [
            .. new[] { (x, y - 0.75 * size), (x + width, y - 0.75 * size), (x, y), (x + width, y) }.Select(corner => (
                matrix[0] * corner.Item1 + matrix[2] * corner.Item2 + matrix[4],
                matrix[1] * corner.Item1 + matrix[3] * corner.Item2 + matrix[5])),
        ];
        return new DrawnText(
            text.Value, corners.Min(c => c.X), corners.Max(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.Y));
    });

    private static double[] Numbers(string transform) =>
    [
        .. transform[(transform.IndexOf('(') + 1)..^1].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private sealed record DrawnText(string Value, double Left, double Right, double Top, double Bottom)
    {
        private const double Slack = 1;

        public bool Overlaps(DrawnText other) =>
            Left + Slack < other.Right && other.Left + Slack < Right
            && Top + Slack < other.Bottom && other.Top + Slack < Bottom;
    }
}
