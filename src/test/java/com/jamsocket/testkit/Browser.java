package com.jamsocket.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium for one test, and its windows. Where it is not installed, with its driver and on the PATH, the
 * test is skipped by name; with {@code -Dbrowser.required} that is a failure. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    /** Held here, because the logging of the JDK forgets loggers nobody holds. It warns of each new Chromium. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

    private final ChromeDriver driver;
    private final BrowserTools tools;

    private Browser(Path chromium, Path chromedriver) {
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions().setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // Windows behind others are as fast as the one in front.
                "--disable-background-timer-throttling",
                "--disable-backgrounding-occluded-windows",
                "--disable-renderer-backgrounding",
                "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", console);
        // The driver's path is given, so that nothing is downloaded.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        tools = new BrowserTools(driver.getCapabilities());
    }

    /** Starts it, or ends the calling test. */
    public static Browser start() {
        Path chromium = program("chromium", "chromium-browser", "google-chrome")
                .orElseGet(() -> without("there is no chromium on the PATH"));
        Path chromedriver = program("chromedriver").orElseGet(() -> without("there is no chromedriver on the PATH"));
        return new Browser(chromium, chromedriver);
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Pattern.compile(File.pathSeparator)
                        .splitAsStream(System.getenv("PATH"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path without(String problem) {
        String test = StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> !name.startsWith(Browser.class.getName()) && !name.startsWith("java."))
                .findFirst()
                .orElseThrow());
        String message = test + " did not run: " + problem + ". With -Dbrowser.required this is a failure.";
        if (System.getProperty("browser.required") != null) {
            fail(message);
        }
        System.err.println("SKIPPED: " + message);
        return abort(message);
    }

    /** A window of somebody else: it shares no storage and no cookies with the others. It is 1280 by 800. */
    public BrowserWindow window(URI address) {
        JsonObject somebody = tools.ask("Target.createBrowserContext", Json.createObjectBuilder());
        JsonObject target = tools.ask(
                "Target.createTarget",
                Json.createObjectBuilder()
                        .add("url", "about:blank")
                        .add("browserContextId", somebody.getString("browserContextId")));
        BrowserWindow window = new BrowserWindow(driver, target.getString("targetId"));
        window.size(1280, 800);
        window.show(address);
        return window;
    }

    /**
     * What the consoles of all windows were told at level error since the last call: exceptions nobody caught, and what
     * could not be loaded.
     */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Ends the browser with all windows, and its driver. */
    @Override
    public void close() {
        driver.quit();
    }
}
